-- Complaints that are open now and that two or more units have held, or nobody was given.
SELECT complaint_id AS complaintId, channel, toUnixTimestamp64Milli(received_at) AS receivedAtMs, toUnixTimestamp64Milli(due_at) AS dueAtMs,
    custody.unit_id AS unitIds, about_unit_id AS aboutUnitId
FROM complaint_store FINAL
WHERE state IN ('open', 'waiting') AND NOT severe AND kind != 'suggestion'
    AND (empty(custody.unit_id) OR length(arrayDistinct(custody.unit_id)) > 1)
ORDER BY receivedAtMs, complaintId
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
