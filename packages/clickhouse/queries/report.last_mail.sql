WITH
    runs AS
    (
        SELECT run_id, r.period AS run_week FROM report_run_store AS r FINAL WHERE r.period >= {from: Date} AND r.period < {week: Date}
    ),
    reached AS
    (
        SELECT d.unit_id AS unit, runs.run_week AS reached_week
        FROM
        (
            SELECT DISTINCT unit_id, run_id FROM report_delivery_store FINAL
            WHERE run_id IN (SELECT run_id FROM runs) AND unit_id IN {units: Array(String)}
                AND issue = 0 AND report = '' AND state = 'sent' AND reader IN ('unit_head', 'in_place_of')
        ) AS d
        INNER JOIN runs ON runs.run_id = d.run_id
    )
SELECT unit_id AS unitId, toString(mail_week) AS week, toUnixTimestamp64Milli(mail.1) AS sentAtMs,
    mail.2 AS service, mail.3 AS discipline, mail.4 AS due, mail.5 AS overdue, all_told AS told,
    toUnixTimestamp64Milli(first_sent_at) AS firstSentAtMs
FROM
(
    SELECT unit_id, max(s.week) AS mail_week, argMax((sent_at, service, discipline, due, overdue), s.week) AS mail, min(sent_at) AS first_sent_at,
        arrayDistinct(arrayFlatten(arrayMap(one -> one.2, arrayReverseSort(one -> one.1, groupArray((s.week, s.told)))))) AS all_told
    FROM report_snapshot_store AS s FINAL
    WHERE unit_id IN {units: Array(String)} AND s.week >= {from: Date} AND s.week < {week: Date} AND report = ''
        AND (unit_id, s.week) IN (SELECT unit, reached_week FROM reached)
    GROUP BY unit_id
)
ORDER BY unitId
