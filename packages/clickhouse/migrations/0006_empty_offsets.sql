-- Publishers that use transactions leave offsets that nobody can read: the mark that ends each transaction, and every message of an
-- aborted one. Without them the balance would call such offsets lost. Ranges may overlap, where a redelivery began within one.
CREATE TABLE IF NOT EXISTS ingest_empty
(
    topic LowCardinality(String) COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    first_offset UInt64 COMMENT 'first offset of a range that holds nothing to read' CODEC(Delta, ZSTD(1)),
    last_offset UInt64 COMMENT 'last offset of the range' CODEC(Delta, ZSTD(1)),
    seen_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'when the sink passed over it, UTC' CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (topic, partition, first_offset, last_offset);
