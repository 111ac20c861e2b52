-- Facts of one week each, then pooled over the windows that end with each wanted week: one row of a unit, window and week with all its
-- measures, since a row each cost more to send and to read than to count.
-- R4 is the discipline score's window; W1, the week itself, is for the measures that have a chart.
-- `squaredDays`: how the person-days of A1 to A3 are shared out among people, the sum over them of the square of each one's days. A square is
-- the sum of the first odd numbers, so each day adds the next one of its person: days need not be counted by name, which took as long as all
-- the sums. People are told apart by a hash of 64 bits, and no person's key leaves the server.
SELECT unit_id AS unitId, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
    arrayFilter(fact -> fact.3 > 0 AND (window != 'W1' OR fact.1 IN ('A1', 'A2', 'A3', 'A4', 'B1', 'C1')),
        arrayZip({{person_day.measures}}, sumForEach(numerators), sumForEach(denominators))) AS counts,
    arraySum(day -> 2 * day - 1, arrayEnumerateUniq(groupArrayArray(days_of_week))) AS squaredDays
FROM
(
    SELECT unit_id, toMonday(work_date) AS fact_week, sumForEach(facts.1) AS numerators, sumForEach(facts.2) AS denominators,
        groupArrayIf(cityHash64(person_key), status IN ('present', 'unexcused')) AS days_of_week
    FROM
    (
        SELECT unit_id, work_date, person_key, status, {{person_day.facts}} AS facts
        FROM judged_person_day
        WHERE unit_id IN {units: Array(String)}
            AND work_date >= addWeeks({from: Date}, -3) AND work_date < addWeeks({to: Date}, 1)
    )
    GROUP BY unit_id, fact_week
)
ARRAY JOIN [('W1', 1), ('R4', 4)] AS pooled
ARRAY JOIN range(pooled.2) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, window, week
