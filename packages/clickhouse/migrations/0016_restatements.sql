-- What stood as final, and each time that it moved: row 0 is the first final value of a score, each restatement one more. It tells what
-- was said and when, so it is made from no events and outlives a rebuild.
CREATE TABLE IF NOT EXISTS final_score_store
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    score Enum8('discipline' = 1, 'service' = 2) COMMENT 'never merged into one',
    issue UInt32 COMMENT '0: first final value; each restatement one more',
    old_value Nullable(Float64) COMMENT 'what stood before, points; NULL when hidden, and for issue 0',
    value Nullable(Float64) COMMENT 'what stands from then on, points; NULL when hidden or no longer scored',
    cause LowCardinality(String) COMMENT 'why it moved; empty for issue 0',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    settling UInt8 COMMENT '1: the week was over before its first fact came in, and more of it may be on the way',
    at DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (unit_id, week, score, issue)
SETTINGS index_granularity = 1024;

-- What is final already, stands as it is.
INSERT INTO final_score_store (unit_id, week, score, issue, value, policy_version, at)
SELECT unit_id, week, score, 0, value, policy_version, as_of
FROM unit_week_score_store FINAL
WHERE status = 'final';
