-- Final scores that a rebuild has moved, or removed, though no event came in: the calculation itself was mended. Said twice it adds nothing,
-- since it compares with what was said last.
INSERT INTO final_score_store (unit_id, week, score, issue, old_value, value, cause, policy_version, settling, at)
SELECT f.unit_id, f.week, f.score, f.issue + 1, f.value, if(s.stands, s.value, NULL), 'rebuild',
    if(s.stands, s.policy_version, f.policy_version), 0, if(s.stands, s.as_of, now64(6))
FROM
(
    SELECT * FROM final_score_store FINAL ORDER BY unit_id, week, score, issue DESC LIMIT 1 BY unit_id, week, score
) AS f
LEFT JOIN (SELECT *, true AS stands FROM unit_week_score_store FINAL) AS s
    ON s.unit_id = f.unit_id AND s.week = f.week AND s.score = f.score
WHERE multiIf(
    NOT s.stands, f.value IS NOT NULL,
    s.status != 'final' OR s.as_of <= f.at, false,
    (f.value IS NULL) != (s.value IS NULL) OR round(abs(ifNull(s.value, 0.) - ifNull(f.value, 0.)), 4) >= 2)
