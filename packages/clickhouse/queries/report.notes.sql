-- Of units and one week: days of outages, suspected or declared by the city, and whether a profile was named that the rules do not have.
SELECT unit_id AS unitId,
    arraySort(groupArrayIf((toString(day), suspected), suspected > 0)) AS suspectedOutageDays,
    countIf(outages > 0) AS outageDays, toUInt8(max(strange)) AS hasUnknownProfile
FROM
(
    SELECT unit_id, work_date AS day, countIf(suspected_outage) AS suspected, countIf(status = 'outage') AS outages, 0 AS strange
    FROM judged_person_day
    WHERE unit_id IN {units: Array(String)} AND work_date BETWEEN {week: Date} AND {week: Date} + 6
    GROUP BY unit_id, work_date
    UNION ALL
    SELECT unit_id, work_date AS day, 0 AS suspected, 0 AS outages, max(has(findings, 'unknown_profile')) AS strange
    FROM person_day_store FINAL
    WHERE unit_id IN {units: Array(String)} AND work_date BETWEEN {week: Date} AND {week: Date} + 6
    GROUP BY unit_id, work_date
)
GROUP BY unit_id
HAVING notEmpty(suspectedOutageDays) OR outageDays > 0 OR hasUnknownProfile
ORDER BY unit_id
