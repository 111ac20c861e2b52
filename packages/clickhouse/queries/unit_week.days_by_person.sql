-- How the person-days of A1 to A3 are shared out among people: the sum over them of the square of each one's days, by window as counted
-- in unit_week.count_attendance. Without any person's key: it leaves the server as one number of a unit and week.
SELECT unit_id AS unitId, window, week, sum(days * days) AS squaredDays
FROM
(
    SELECT unit_id, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week, sum(days_of_week) AS days
    FROM
    (
        SELECT unit_id, person_key, toMonday(work_date) AS fact_week, toFloat64(count()) AS days_of_week
        FROM judged_person_day
        WHERE unit_id IN {units: Array(String)}
            AND work_date >= addWeeks({from: Date}, -3) AND work_date < addWeeks({to: Date}, 1)
            AND status IN ('present', 'unexcused')
        GROUP BY unit_id, person_key, fact_week
    )
    ARRAY JOIN [('W1', 1), ('R4', 4)] AS pooled
    ARRAY JOIN range(pooled.2) AS shift
    WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
    GROUP BY unit_id, person_key, window, week
)
GROUP BY unit_id, window, week
