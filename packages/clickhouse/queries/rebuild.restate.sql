-- Final scores that a rebuild has moved though no event came in: the calculation itself was mended. Said twice it adds nothing, since it
-- compares with what was said last.
INSERT INTO final_score_store (unit_id, week, score, issue, old_value, value, cause, policy_version, settling, at)
SELECT f.unit_id, f.week, f.score, f.issue + 1, f.value, s.value, 'rebuild', s.policy_version, 0, s.as_of
FROM
(
    SELECT * FROM final_score_store FINAL ORDER BY unit_id, week, score, issue DESC LIMIT 1 BY unit_id, week, score
) AS f
INNER JOIN (SELECT * FROM unit_week_score_store FINAL WHERE status = 'final') AS s
    ON s.unit_id = f.unit_id AND s.week = f.week AND s.score = f.score
WHERE s.as_of > f.at
    AND ((f.value IS NULL) != (s.value IS NULL) OR round(abs(ifNull(s.value, 0.) - ifNull(f.value, 0.)), 4) >= 2)
