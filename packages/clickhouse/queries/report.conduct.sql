-- Verified complaints of these categories by the week of receipt, where S11 counts them too: with the unit that answers for them, else the
-- one complained about; none that is severe or that a coordinator has excluded.
SELECT ifNull(accountable_unit_id, about_unit_id) AS unitId, category, countIf(received_week = {to: Date}) AS inWeek, count() AS inR13
FROM
(
    SELECT *, toMonday(toDate(received_at, {zone: String})) AS received_week
    FROM complaint_store FINAL
    WHERE received_at >= toDateTime64({from: Date}, 3, {zone: String}) AND received_at < toDateTime64({to: Date} + 7, 3, {zone: String})
        AND verified_at IS NOT NULL AND excluded_reason = '' AND NOT severe AND category IN {categories: Array(String)}
)
WHERE unitId IN {units: Array(String)}
GROUP BY unitId, category
ORDER BY unitId, category
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
