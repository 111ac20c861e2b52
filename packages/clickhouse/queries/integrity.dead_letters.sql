SELECT reason, count() AS count
FROM dead_letter_store FINAL
WHERE at >= toDateTime64({week: Date}, 3, {zone: String}) AND at < toDateTime64({week: Date} + 7, 3, {zone: String})
GROUP BY reason
ORDER BY reason
SETTINGS use_skip_indexes_if_final = 1, use_skip_indexes_if_final_exact_mode = 1
