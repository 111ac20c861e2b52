-- S7: the cases that any of the wanted weeks looks at: those whose own due lies in the thirteen weeks that end with it.
SELECT unit_id AS unitId, toString(toMonday(toDate(assumeNotNull(duration_due_at), {zone: String}))) AS dueWeek,
    duration_minutes AS minutes, duration_profile AS profile,
    arrayMap(at -> toUnixTimestamp64Milli(at), running.from_at) AS runningFrom,
    arrayMap(at -> toUnixTimestamp64Milli(at), running.to_at) AS runningTo
FROM unit_complaint_store FINAL
WHERE unit_id IN {units: Array(String)} AND duration_due_at IS NOT NULL
    AND toMonday(toDate(assumeNotNull(duration_due_at), {zone: String})) BETWEEN addWeeks({from: Date}, -12) AND {to: Date}
