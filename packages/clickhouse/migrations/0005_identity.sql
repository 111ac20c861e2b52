-- Two contents under one identity: who stands, and what of the others.

-- The order of messages, (record timestamp, topic, partition, offset), turned round so that the earlier is the higher number:
-- record timestamp in milliseconds from bit 72 on, rank of the topic from 64, partition from 48, offset below. Reckoned here and
-- nowhere else; the views below take it from here.
ALTER TABLE ingest ADD COLUMN IF NOT EXISTS precedence UInt128 MATERIALIZED
    bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(record_at)), 72),
        bitShiftLeft(toUInt128(topic_rank), 64)),
        bitOr(bitShiftLeft(toUInt128(partition), 48), toUInt128(offset))));

ALTER TABLE ingest_to_event_store MODIFY QUERY
SELECT source, id, type, subject, occurred_at, ingested_at, record_at, topic, partition, offset, unit_id, entity,
    supersedes, withdraws, data, content_hash, precedence
FROM ingest
WHERE outcome = 'event';

ALTER TABLE ingest_to_revision MODIFY QUERY
SELECT source, target.1 AS target_id, target.2 AS kind, id, occurred_at, precedence
FROM ingest
ARRAY JOIN arrayFilter(t -> t.1 != '', [(supersedes, 'supersedes'), (withdraws, 'withdraws')]) AS target
WHERE outcome = 'event' AND (supersedes != '' OR withdraws != '');

-- An entity's events keep the losing contents too: a row that was laid under a unit which only the loser named must be taken back,
-- and nothing else remembers that name.
ALTER TABLE entity_event
    ADD COLUMN IF NOT EXISTS content_hash UInt64 COMMENT 'hash of the parsed attributes and data',
    MODIFY ORDER BY (entity, source, id, content_hash);

ALTER TABLE ingest_to_entity_event MODIFY QUERY
SELECT entity, source, id, type, occurred_at, ingested_at, supersedes, withdraws, data, content_hash, precedence
FROM ingest
WHERE outcome = 'event';

-- Every message of every identity, laid by identity. `event_store` forgets losers as it merges, and the earlier message may come
-- in after the later one: only here is the other side of a conflict found without reading all that is stored.
CREATE TABLE IF NOT EXISTS message_identity
(
    identity_hash UInt64 COMMENT 'hash of (source, id)',
    precedence UInt128 COMMENT 'the earlier message has the higher precedence' CODEC(ZSTD(1)),
    content_hash UInt64 COMMENT 'hash of the parsed attributes and data',
    topic LowCardinality(String) COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    offset UInt64 COMMENT 'Kafka offset'
)
ENGINE = ReplacingMergeTree
ORDER BY (identity_hash, precedence)
SETTINGS index_granularity = 512;

CREATE MATERIALIZED VIEW IF NOT EXISTS ingest_to_message_identity TO message_identity AS
SELECT sipHash64(source, id) AS identity_hash, precedence, content_hash, topic, partition, offset
FROM ingest
WHERE outcome = 'event';

-- What the sweep sets aside. It does not go through `ingest`: the offset was settled as an event, and stays so in `ingest_offset`,
-- from which the balance reckons it among the dead letters by its content.
CREATE TABLE IF NOT EXISTS conflict_letter
(
    topic String,
    partition UInt16,
    offset UInt64,
    at DateTime64(3, 'UTC'),
    detail String,
    key_base64 String,
    headers_json String,
    bytes_base64 String
)
ENGINE = Null;

CREATE MATERIALIZED VIEW IF NOT EXISTS conflict_letter_to_dead_letter_store TO dead_letter_store AS
SELECT topic, partition, offset, at, 'conflicting_duplicate' AS reason, detail, base64Decode(key_base64) AS key,
    headers_json AS headers, base64Decode(bytes_base64) AS bytes
FROM conflict_letter;

-- What was settled lately is asked every few seconds.
ALTER TABLE ingest_offset ADD INDEX IF NOT EXISTS settled_span settled_at TYPE minmax GRANULARITY 1;

-- How far a sweep has looked.
CREATE TABLE IF NOT EXISTS sweep_mark
(
    name String COMMENT 'which sweep',
    through DateTime64(3, 'UTC') COMMENT 'everything settled before it was looked at, server time',
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name;
