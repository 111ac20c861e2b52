-- Complaints that are open now and in scope of the scores (reading 22), with the unit that holds them and its own due. What is closed is
-- left out by an index of states, without looking at it.
SELECT assumeNotNull(accountable_unit_id) AS unitId, complaint_id AS complaintId, channel,
    toUnixTimestamp64Milli(arrayLast((due_at, unit, until) -> unit = unitId AND until IS NULL,
        custody.own_due_at, custody.unit_id, custody.to_at)) AS dueAtMs
FROM complaint_store FINAL
WHERE state IN ('open', 'waiting') AND accountable_unit_id IN {units: Array(String)} AND NOT severe AND kind != 'suggestion'
ORDER BY unitId, dueAtMs, complaintId
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
