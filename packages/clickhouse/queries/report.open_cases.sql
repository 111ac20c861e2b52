-- Complaints that are open now and in scope, with the unit that holds them and its own due.
SELECT unit_id AS unitId, complaint_id AS complaintId, toUnixTimestamp64Milli(held.3) AS dueAtMs
FROM unit_complaint_store FINAL
ARRAY JOIN arrayZip(backlog.from_at, backlog.to_at, backlog.own_due_at) AS held
WHERE held.2 IS NULL AND NOT arrayExists(closed_to -> closed_to IS NULL, closed.to_at)
ORDER BY unitId, dueAtMs, complaintId
