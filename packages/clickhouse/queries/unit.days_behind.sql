-- A unit's days of a stretch by what became of them, without any person: how many person-days of each status, and how many people.
SELECT toString(work_date) AS day, status, count() AS personDays, countIf(on_time) AS onTime, countIf(full_day) AS fullDay,
    sum(checks_confirmed) AS checksConfirmed, sum(checks_failed) AS checksFailed
FROM judged_person_day
WHERE unit_id = {unitId: String} AND work_date BETWEEN {from: Date} AND {to: Date} AND status != 'not_scheduled'
GROUP BY day, status
ORDER BY day, status
