-- What the sink writes: one insert into `ingest`, whose materialized views fill every table below.
-- A retry of the same insert is harmless: each table replaces rows by a key made from the message itself.

CREATE TABLE IF NOT EXISTS ingest
(
    topic LowCardinality(String),
    topic_rank UInt8,
    partition UInt16,
    offset UInt64,
    record_at DateTime64(3, 'UTC'),
    ingested_at DateTime64(3, 'UTC'),
    outcome Enum8('event' = 1, 'dead_letter' = 2),
    source String,
    id String,
    type String,
    subject String,
    occurred_at DateTime64(3, 'UTC'),
    unit_id String,
    entity String,
    supersedes String,
    withdraws String,
    data String,
    content_hash UInt64,
    reason String,
    detail String,
    key_base64 String,
    headers_json String,
    bytes_base64 String
)
ENGINE = Null;

-- Of several messages with one identity the earliest by (record timestamp, topic, partition, offset) stands:
-- `precedence` is that order turned round, since the engine keeps the highest.
CREATE TABLE IF NOT EXISTS event_store
(
    source LowCardinality(String) COMMENT 'CloudEvents source: the publishing system',
    id String COMMENT 'CloudEvents id, unique within source' CODEC(ZSTD(1)),
    type LowCardinality(String) COMMENT 'event type',
    subject String COMMENT 'the entity: unit id or complaint id' CODEC(ZSTD(1)),
    occurred_at DateTime64(3, 'UTC') COMMENT 'when it happened in the world, UTC' CODEC(Delta, ZSTD(1)),
    ingested_at DateTime64(3, 'UTC') COMMENT 'clock of the HTTP door, or the Kafka record timestamp, UTC' CODEC(Delta, ZSTD(1)),
    stored_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'when it became countable, UTC' CODEC(Delta, ZSTD(1)),
    record_at DateTime64(3, 'UTC') COMMENT 'Kafka record timestamp, UTC' CODEC(Delta, ZSTD(1)),
    topic LowCardinality(String) COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    offset UInt64 COMMENT 'Kafka offset' CODEC(Delta, ZSTD(1)),
    unit_id LowCardinality(String) COMMENT 'unit named by the event, empty when none',
    entity String COMMENT 'what is folded anew when this event comes' CODEC(ZSTD(1)),
    supersedes String COMMENT 'id of the event that this one replaces, empty when none' CODEC(ZSTD(1)),
    withdraws String COMMENT 'id of the event that this one withdraws, empty when none' CODEC(ZSTD(1)),
    data String COMMENT 'the event''s data, JSON' CODEC(ZSTD(1)),
    content_hash UInt64 COMMENT 'hash of the parsed attributes and data',
    precedence UInt128 COMMENT 'the earlier message has the higher precedence' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (source, id)
SETTINGS index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_event_store TO event_store AS
SELECT source, id, type, subject, occurred_at, ingested_at, record_at, topic, partition, offset, unit_id, entity,
    supersedes, withdraws, data, content_hash,
    bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(record_at)), 72),
        bitShiftLeft(toUInt128(topic_rank), 64)),
        bitOr(bitShiftLeft(toUInt128(partition), 48), toUInt128(offset)))) AS precedence
FROM ingest
WHERE outcome = 'event';

-- The same events laid by entity: reading all that is known of a few thousand entities must not grow with the store.
CREATE TABLE IF NOT EXISTS entity_event
(
    entity String COMMENT 'what these events tell of' CODEC(ZSTD(1)),
    source LowCardinality(String) COMMENT 'CloudEvents source',
    id String COMMENT 'CloudEvents id' CODEC(ZSTD(1)),
    type LowCardinality(String) COMMENT 'event type',
    occurred_at DateTime64(3, 'UTC') COMMENT 'when it happened in the world, UTC' CODEC(Delta, ZSTD(1)),
    ingested_at DateTime64(3, 'UTC') COMMENT 'when it came in, UTC' CODEC(Delta, ZSTD(1)),
    supersedes String COMMENT 'id of the event that this one replaces' CODEC(ZSTD(1)),
    withdraws String COMMENT 'id of the event that this one withdraws' CODEC(ZSTD(1)),
    data String COMMENT 'the event''s data, JSON' CODEC(ZSTD(1)),
    precedence UInt128 COMMENT 'the earlier message has the higher precedence' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (entity, source, id)
SETTINGS index_granularity = 512;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_entity_event TO entity_event AS
SELECT entity, source, id, type, occurred_at, ingested_at, supersedes, withdraws, data,
    bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(record_at)), 72),
        bitShiftLeft(toUInt128(topic_rank), 64)),
        bitOr(bitShiftLeft(toUInt128(partition), 48), toUInt128(offset)))) AS precedence
FROM ingest
WHERE outcome = 'event';

-- Who replaces or withdraws whom, laid by target: a correction is found from either side, whichever comes first.
CREATE TABLE IF NOT EXISTS revision
(
    source LowCardinality(String) COMMENT 'CloudEvents source of both events',
    target_id String COMMENT 'id of the event that is replaced or withdrawn',
    kind Enum8('supersedes' = 1, 'withdraws' = 2) COMMENT 'what the revising event does to its target',
    id String COMMENT 'id of the revising event',
    occurred_at DateTime64(3, 'UTC') COMMENT 'time of the revising event, UTC',
    precedence UInt128 COMMENT 'the earlier message has the higher precedence'
)
ENGINE = ReplacingMergeTree(precedence)
ORDER BY (source, target_id, kind, id)
SETTINGS index_granularity = 512;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_revision TO revision AS
SELECT source, target.1 AS target_id, target.2 AS kind, id, occurred_at,
    bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(record_at)), 72),
        bitShiftLeft(toUInt128(topic_rank), 64)),
        bitOr(bitShiftLeft(toUInt128(partition), 48), toUInt128(offset)))) AS precedence
FROM ingest
ARRAY JOIN arrayFilter(t -> t.1 != '', [(supersedes, 'supersedes'), (withdraws, 'withdraws')]) AS target
WHERE outcome = 'event' AND (supersedes != '' OR withdraws != '');

-- One row for each settled offset, whatever became of it: what `ingest_balance` is counted from.
CREATE TABLE IF NOT EXISTS ingest_offset
(
    topic LowCardinality(String) COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    offset UInt64 COMMENT 'Kafka offset' CODEC(Delta, ZSTD(1)),
    outcome Enum8('event' = 1, 'dead_letter' = 2) COMMENT 'what the decoder said',
    identity_hash UInt64 COMMENT 'hash of (source, id), 0 for a dead letter',
    content_hash UInt64 COMMENT 'hash of the parsed attributes and data, 0 for a dead letter',
    settled_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'when it was settled, UTC' CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset);

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_ingest_offset TO ingest_offset AS
SELECT topic, partition, offset, outcome,
    if(outcome = 'event', sipHash64(source, id), 0) AS identity_hash,
    if(outcome = 'event', content_hash, 0) AS content_hash
FROM ingest;

-- Raw keys, headers and bytes may hold what no table should: they are gone after 30 days.
CREATE TABLE IF NOT EXISTS dead_letter_store
(
    topic LowCardinality(String) COMMENT 'Kafka topic that it came from',
    partition UInt16 COMMENT 'Kafka partition that it came from',
    offset UInt64 COMMENT 'Kafka offset that it came from',
    at DateTime64(3, 'UTC') COMMENT 'when it came in, UTC',
    reason LowCardinality(String) COMMENT 'why it was set aside: a closed list, see the contract',
    detail String COMMENT 'where in the event and what was expected, without its values',
    key String COMMENT 'original key, raw bytes; gone after 30 days' TTL toDateTime(at) + INTERVAL 30 DAY,
    headers String COMMENT 'original headers as JSON, values in base64; gone after 30 days' TTL toDateTime(at) + INTERVAL 30 DAY,
    bytes String COMMENT 'original value, raw bytes; gone after 30 days' TTL toDateTime(at) + INTERVAL 30 DAY
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset);

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_dead_letter_store TO dead_letter_store AS
SELECT topic, partition, offset, ingested_at AS at, reason, detail, base64Decode(key_base64) AS key,
    headers_json AS headers, base64Decode(bytes_base64) AS bytes
FROM ingest
WHERE outcome = 'dead_letter';

-- Messages that lost their identity to an earlier one with other content, found by the sweep.
CREATE TABLE IF NOT EXISTS identity_conflict
(
    source LowCardinality(String) COMMENT 'CloudEvents source',
    id String COMMENT 'CloudEvents id',
    topic LowCardinality(String) COMMENT 'Kafka topic of the losing message',
    partition UInt16 COMMENT 'Kafka partition of the losing message',
    offset UInt64 COMMENT 'Kafka offset of the losing message',
    precedence UInt128 COMMENT 'precedence of the losing message, so that no fold counts it',
    found_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'when the sweep found it, UTC'
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, offset);
