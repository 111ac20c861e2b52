-- The events from which a unit's person-days of a stretch were worked out: day, source and id. Whose they are stays on the server.
SELECT splitByChar('|', entity)[3] AS day, source, id, type
FROM entity_event FINAL
WHERE entity IN
(
    SELECT concat('day|', person_key, '|', toString(work_date)) FROM judged_person_day
    WHERE unit_id = {unitId: String} AND work_date BETWEEN {from: Date} AND {to: Date}
)
ORDER BY day, source, id
