-- All measures of a unit's week in one row: they are always worked out together, a week is replaced whole, and what is no longer counted
-- goes with it. A row each for some forty measures cost most of the time of judging.
CREATE TABLE IF NOT EXISTS unit_week_figures_store
(
    unit_id String COMMENT 'unit',
    scope Enum8('own' = 1, 'area' = 2) COMMENT 'own: the unit''s own figures; area: pooled over the units below it',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    figure Nested(
        measure LowCardinality(String),
        window LowCardinality(String),
        numerator Float64,
        denominator Float64,
        estimate Float64,
        lower80 Float64,
        upper80 Float64
    ) COMMENT 'its measures by window, see docs/glossary.md',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, scope, week)
SETTINGS index_granularity = 256;

INSERT INTO unit_week_figures_store
SELECT unit_id, scope, week, groupArray(measure), groupArray(window), groupArray(numerator), groupArray(denominator),
    groupArray(estimate), groupArray(lower80), groupArray(upper80), argMax(policy_version, as_of), max(as_of), 0
FROM unit_week_measure_store FINAL
GROUP BY unit_id, scope, week;

-- The same for what a unit adds to its areas.
CREATE TABLE IF NOT EXISTS unit_week_part_store
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    part Nested(
        measure LowCardinality(String),
        window LowCardinality(String),
        numerator Float64,
        denominator Float64,
        squares Float64
    ) COMMENT 'what it adds; C1: weights in millionths; squares of A1 to A3: squared days of each person added up, of C1: squared weights',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, week)
SETTINGS index_granularity = 256;

INSERT INTO unit_week_part_store
SELECT unit_id, week, groupArray(measure), groupArray(window), groupArray(numerator), groupArray(denominator), groupArray(squares),
    max(as_of), 0
FROM area_part_store FINAL
GROUP BY unit_id, week;
