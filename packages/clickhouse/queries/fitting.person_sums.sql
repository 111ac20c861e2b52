-- How the person-days of A1 to A3 are shared out within each unit. Sums over its people leave the server, never a person's own.
SELECT unit_type AS unitType, measure, toUInt32(count()) AS persons, sum(own_days) AS days, sum(own_successes) AS successes,
    sum(own_days * own_days) AS squaredDays, sum(own_successes * own_successes / own_days) AS squaredSuccessesByDays
FROM
(
    SELECT p.unit_id AS unit_id, u.unit_type AS unit_type, p.person_key AS person_key, fact.1 AS measure,
        sum(fact.2) AS own_successes, sum(fact.3) AS own_days
    FROM
    (
        SELECT unit_id, person_key,
            arrayJoin([('A1', toFloat64(status = 'present'), 1.), ('A2', toFloat64(on_time), 1.), ('A3', toFloat64(full_day), 1.)]) AS fact
        FROM judged_person_day
        WHERE work_date BETWEEN {from: Date} AND {to: Date} AND status IN ('present', 'unexcused')
    ) AS p
    INNER JOIN
    (
        SELECT unit_id, argMax(toString(unit_type), valid_from) AS unit_type
        FROM unit_version FINAL WHERE valid_from <= {to: Date} GROUP BY unit_id
    ) AS u ON u.unit_id = p.unit_id
    GROUP BY unit_id, unit_type, person_key, measure
)
WHERE unit_type IN ('kelurahan', 'kecamatan', 'upt')
GROUP BY unit_id, unit_type, measure
ORDER BY unit_id, measure
