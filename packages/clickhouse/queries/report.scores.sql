-- Scores of the weeks that a report looks back on; the terms of the last alone.
SELECT unit_id AS unitId, toString(s.week) AS week, score, value, lower80, upper80, confidence, band,
    if(s.week = {to: Date}, terms, CAST(map(), 'Map(String, Float64)')) AS terms, status, policy_version AS policyVersion
FROM unit_week_score_store AS s FINAL
WHERE unit_id IN {units: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}
ORDER BY unit_id, s.week, score
