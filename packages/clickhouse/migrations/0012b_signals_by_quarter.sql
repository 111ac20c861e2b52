-- The city's list looks at all units of a week, and the table lies unit by unit: parted by quarters, a week's reader opens one of them only,
-- however many years there are.
CREATE TABLE IF NOT EXISTS unit_week_signal_parted
(
    unit_id String COMMENT 'unit',
    measure LowCardinality(String) COMMENT 'A1 to S12, see docs/measures.md',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    chart LowCardinality(String) COMMENT 'xmr, p_prime, u_prime, mean_prime, g or t',
    value Float64 COMMENT 'the point: a share, minutes, cases (g) or days (t)',
    centre Float64 COMMENT 'centre line, unit of value',
    lower_limit Float64 COMMENT 'lower limit, unit of value',
    upper_limit Float64 COMMENT 'upper limit, unit of value',
    rule LowCardinality(String) COMMENT 'beyond, trend, two_of_three or shift; empty where chance explains the week',
    direction LowCardinality(String) COMMENT 'improvement, concern or none',
    p_value Nullable(Float64) COMMENT 'how likely such a difference from the baseline is where nothing has changed, 0 to 1; NULL below 12 points before it',
    phase LowCardinality(String) COMMENT 'trial: each new point still moves the limits; locked',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
PARTITION BY toStartOfQuarter(week)
ORDER BY (unit_id, measure, week)
SETTINGS index_granularity = 1024;

INSERT INTO unit_week_signal_parted SELECT * FROM unit_week_signal_store;

EXCHANGE TABLES unit_week_signal_parted AND unit_week_signal_store;

DROP TABLE unit_week_signal_parted;
