-- Sessions, actions, findings and objections that are open, or were closed from an instant on. Each stands with the unit that it is about, and maybe
-- once more with its coach's. Of sessions those that are planned and not held, not those that never came to be.
SELECT unit_id AS unitId, kind, item_id AS itemId, coach_unit_id AS coachUnitId, code, raised_from AS raisedFrom, toUnixTimestamp64Milli(opened_at) AS openedAtMs,
    toString(ifNull(due_on, toDate(opened_at))) AS dueOn,
    if(closed_at IS NULL, NULL, toUnixTimestamp64Milli(assumeNotNull(closed_at))) AS closedAtMs, outcome
FROM coaching_item_store FINAL
WHERE unit_id IN {units: Array(String)} AND about_unit_id = unit_id AND kind IN ('session', 'action', 'finding', 'objection')
    AND (kind != 'session' OR (closed_at IS NULL AND due_on >= toDate(fromUnixTimestamp64Milli({since: Int64}, 'UTC'))))
    AND ended_at >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')
ORDER BY unitId, kind, itemId
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
