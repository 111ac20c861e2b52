-- What is wrong with the input. A person-day's findings stand in its own row, and so are taken back with it; rows from before get theirs
-- when their day is folded anew.
ALTER TABLE person_day_store
    ADD COLUMN IF NOT EXISTS findings Array(LowCardinality(String)) COMMENT 'what is wrong with the day''s input: kinds of docs/data-quality.md' AFTER lost_minutes;

-- Who complained about whom, so that repeats and floods can be told; the reporter's key as a hash alone.
ALTER TABLE complaint_store
    ADD COLUMN IF NOT EXISTS about_unit_id String COMMENT 'unit complained about, else the first that had it; empty when none' AFTER unit_ids,
    ADD COLUMN IF NOT EXISTS reporter String COMMENT 'hash of the reporter''s opaque key, empty when none was given' AFTER about_unit_id;

-- What is wrong with the input of a complaint or of a unit's coaching, laid by the unit in whose data quality it is to be seen: one row for
-- each unit that the events ever named, so that a correction takes back what no longer holds.
CREATE TABLE IF NOT EXISTS data_quality_store
(
    unit_id String COMMENT 'unit',
    entity String COMMENT 'what the events tell of: complaint|id or coaching|unit' CODEC(ZSTD(1)),
    finding Nested(kind LowCardinality(String), on Date) COMMENT 'kinds of docs/data-quality.md, each with its date in the city''s zone',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, entity)
SETTINGS index_granularity = 1024;

-- When each source sent anything, by half hours of its arrival: what it is used to, and whether it has fallen silent. A set, so that a
-- batch that is stored twice changes nothing.
CREATE TABLE IF NOT EXISTS source_arrival
(
    source LowCardinality(String) COMMENT 'CloudEvents source',
    topic LowCardinality(String) COMMENT 'Kafka topic',
    slot DateTime('UTC') COMMENT 'begin of the half hour in which something came in, UTC' CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (source, topic, slot)
TTL slot + INTERVAL 400 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_source_arrival TO source_arrival AS
SELECT DISTINCT source, topic, toStartOfInterval(toDateTime(ingested_at, 'UTC'), INTERVAL 30 MINUTE) AS slot
FROM ingest
WHERE outcome = 'event';

INSERT INTO source_arrival
SELECT DISTINCT source, topic, toStartOfInterval(toDateTime(ingested_at, 'UTC'), INTERVAL 30 MINUTE) AS slot
FROM event_store;

-- Whose figures hang on a source: the units that it names, by weeks of arrival.
CREATE TABLE IF NOT EXISTS source_unit
(
    source LowCardinality(String) COMMENT 'CloudEvents source',
    topic LowCardinality(String) COMMENT 'Kafka topic',
    week Date COMMENT 'Monday of the week of arrival, UTC',
    unit_id String COMMENT 'unit that an event of the source names'
)
ENGINE = ReplacingMergeTree
ORDER BY (source, topic, week, unit_id)
TTL week + INTERVAL 400 DAY;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_source_unit TO source_unit AS
SELECT DISTINCT source, topic, toMonday(ingested_at) AS week, unit_id
FROM ingest
WHERE outcome = 'event' AND unit_id != '';

INSERT INTO source_unit
SELECT DISTINCT source, topic, toMonday(ingested_at) AS week, unit_id
FROM event_store
WHERE unit_id != '';

-- Working days on which a source was silent for longer than its own habit.
CREATE TABLE IF NOT EXISTS source_silence_store
(
    source LowCardinality(String) COMMENT 'CloudEvents source',
    topic LowCardinality(String) COMMENT 'Kafka topic',
    day Date COMMENT 'date in the city''s zone',
    last_arrival_at DateTime64(3, 'UTC') COMMENT 'begin of the half hour of the last arrival before, UTC',
    found_at DateTime64(3, 'UTC') COMMENT 'half hour of the day in which its silence came to be longer than its habit, UTC',
    unit_ids Array(String) COMMENT 'units that its events name',
    version DateTime64(6, 'UTC') COMMENT 'when it was looked at, UTC',
    is_deleted UInt8 COMMENT '1: taken back, since something had come after all'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (source, topic, day);
