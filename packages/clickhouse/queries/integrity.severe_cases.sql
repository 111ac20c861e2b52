-- Complaints for the inspectorate that are open, or came in that week. Asked apart, since each is found by an index of its own.
SELECT complaint_id AS complaintId, category, toUnixTimestamp64Milli(received_at) AS receivedAtMs,
    CAST(state IN ('open', 'waiting'), 'Bool') AS isOpen
FROM
(
    SELECT complaint_id, category, received_at, state
    FROM complaint_store FINAL
    WHERE severe AND state IN ('open', 'waiting')
    UNION DISTINCT
    SELECT complaint_id, category, received_at, state
    FROM complaint_store FINAL
    WHERE severe AND received_at >= toDateTime64({week: Date}, 3, {zone: String}) AND received_at < toDateTime64({week: Date} + 7, 3, {zone: String})
)
ORDER BY receivedAtMs, complaintId
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
