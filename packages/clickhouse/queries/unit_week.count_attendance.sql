-- Facts of one week each, then pooled over the windows that end with each wanted week.
-- R4 is the discipline score's window; W1, the week itself, is for the measures that have a chart.
SELECT unit_id AS unitId, measure, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
    sum(num) AS numerator, sum(den) AS denominator
FROM
(
    SELECT unit_id, fact.1 AS measure, toMonday(work_date) AS fact_week, sum(fact.2) AS num, sum(fact.3) AS den
    FROM
    (
        SELECT unit_id, work_date, arrayJoin({{person_day.facts}}) AS fact
        FROM judged_person_day
        WHERE unit_id IN {units: Array(String)}
            AND work_date >= addWeeks({from: Date}, -3) AND work_date < addWeeks({to: Date}, 1)
    )
    GROUP BY unit_id, measure, fact_week
)
ARRAY JOIN if(measure IN ('A1', 'A2', 'A3', 'A4', 'B1', 'C1'), [('W1', 1), ('R4', 4)], [('R4', 4)]) AS pooled
ARRAY JOIN range(pooled.2) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, measure, window, week
