CREATE TABLE IF NOT EXISTS unit_week_measure_store
(
    unit_id String COMMENT 'unit',
    scope Enum8('own' = 1, 'area' = 2) COMMENT 'own: the unit''s own figures; area: pooled over the units below it',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    measure LowCardinality(String) COMMENT 'A1 to K3, see docs/glossary.md',
    window LowCardinality(String) COMMENT 'W1, R4, R13, R26 or R52: weeks that end with this one',
    numerator Float64 COMMENT 'successes, or a sum of means',
    denominator Float64 COMMENT 'cases, or respondents',
    estimate Float64 COMMENT 'posterior mean where a prior is in the policy, else the plain ratio',
    lower80 Float64 COMMENT 'lower end of the 80 % interval',
    upper80 Float64 COMMENT 'upper end of the 80 % interval',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, scope, week, measure, window)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS unit_week_score_store
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    score Enum8('discipline' = 1, 'service' = 2) COMMENT 'never merged into one',
    value Nullable(Float64) COMMENT 'points 0 to 100; NULL when too little is known',
    lower80 Float64 COMMENT 'lower end of the 80 % interval, points',
    upper80 Float64 COMMENT 'upper end of the 80 % interval, points',
    confidence LowCardinality(String) COMMENT 'high, medium, low or hidden, by the width of the interval',
    band LowCardinality(String) COMMENT 'kept, needs_attention, needs_support, inconclusive or not_enough_data',
    terms Map(String, Float64) COMMENT 'points of each term before weighting, 0 to 100',
    status LowCardinality(String) COMMENT 'provisional; final from 14 days after the cut-off',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, week, score)
SETTINGS index_granularity = 1024;
