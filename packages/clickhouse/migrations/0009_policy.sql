-- With which rules the tables were made: what a worker that starts with others has to work out again follows from the difference.
CREATE TABLE IF NOT EXISTS policy_mark
(
    name LowCardinality(String) COMMENT 'applied: the rules that the tables follow; under_way: how far a change has come',
    policy_version String COMMENT 'version of the rules',
    contents String COMMENT 'applied: the rules as JSON; under_way: a hash of the rules that are on their way' CODEC(ZSTD(3)),
    through_date String COMMENT 'under_way: last date whose person-days were published; empty when none',
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name;

-- Which dates a change of the rules moved: the cause of a restated score.
CREATE TABLE IF NOT EXISTS policy_change
(
    from_version String COMMENT 'version before; empty when it was not on record',
    to_version String COMMENT 'version after',
    scope LowCardinality(String) COMMENT 'days: work dates; receipts: receipt dates; calendar: dates on which clocks ran; scores: Mondays',
    first_date String COMMENT 'first date on which the rules differ',
    last_date String COMMENT 'last one; empty when there is none',
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (to_version, from_version, scope, first_date);
