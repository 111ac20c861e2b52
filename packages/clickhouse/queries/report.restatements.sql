SELECT unit_id AS unitId, toString(f.week) AS week, score, old_value AS before, value AS now, cause,
    toUnixTimestamp64Milli(toDateTime64(at, 3, 'UTC')) AS atMs
FROM final_score_store AS f FINAL
WHERE unit_id IN {units: Array(String)} AND f.week BETWEEN {from: Date} AND {to: Date}
    AND issue > 0 AND at >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')
ORDER BY unit_id, f.week, score, issue
