-- C1 as areas count it: each check with 1 / the chance with which it was drawn, in millionths, and the squares of these weights. A check
-- counts whatever becomes of its person-day's status, so the rows are read as they were folded.
SELECT unit_id AS unitId, 'C1' AS measure, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
    sum(confirmed) AS numerator, sum(weight) AS denominator, sum(squared) AS squares
FROM
(
    SELECT unit_id, toMonday(work_date) AS fact_week, sum(toFloat64(checks_weight_confirmed)) AS confirmed,
        sum(toFloat64(checks_weight)) AS weight, sum(toFloat64(checks_weight_squared)) AS squared
    FROM person_day_store FINAL
    WHERE unit_id IN {units: Array(String)}
        AND work_date >= addWeeks({from: Date}, -3) AND work_date < addWeeks({to: Date}, 1)
        AND checks_confirmed + checks_failed > 0
    GROUP BY unit_id, fact_week
)
ARRAY JOIN [('W1', 1), ('R4', 4)] AS pooled
ARRAY JOIN range(pooled.2) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, window, week
