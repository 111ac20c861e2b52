-- Facts of one week each, then pooled over the windows that end with each wanted week.
-- W1 is the week itself (charts), R4 the discipline score's window.
SELECT unit_id AS unitId, measure, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
    sum(num) AS numerator, sum(den) AS denominator
FROM
(
    SELECT unit_id, fact.1 AS measure, toMonday(work_date) AS fact_week, sum(fact.2) AS num, sum(fact.3) AS den
    FROM
    (
        SELECT unit_id, work_date, arrayJoin([
            ('A1', toFloat64(status = 'present'), toFloat64(status IN ('present', 'unexcused'))),
            ('A2', toFloat64(on_time), toFloat64(status IN ('present', 'unexcused'))),
            ('A3', toFloat64(full_day), toFloat64(status IN ('present', 'unexcused'))),
            ('C1', toFloat64(checks_confirmed), toFloat64(checks_confirmed + checks_failed))]) AS fact
        FROM person_day_store FINAL
        WHERE unit_id IN {units: Array(String)}
            AND work_date >= addWeeks({from: Date}, -3) AND work_date < addWeeks({to: Date}, 1)
    )
    GROUP BY unit_id, measure, fact_week
    HAVING den > 0
)
ARRAY JOIN [('W1', 1), ('R4', 4)] AS pooled
ARRAY JOIN range(pooled.2) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, measure, window, week
