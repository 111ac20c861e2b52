-- Who sends duplicates is asked of the offsets that were settled lately, and not of all events that are stored.
ALTER TABLE ingest_offset ADD COLUMN IF NOT EXISTS
    source LowCardinality(String) COMMENT 'CloudEvents source, empty for a dead letter and for what was settled before this column';

ALTER TABLE ingest_to_ingest_offset MODIFY QUERY
SELECT topic, partition, offset, outcome,
    if(outcome = 'event', sipHash64(source, id), 0) AS identity_hash,
    if(outcome = 'event', content_hash, 0) AS content_hash,
    if(outcome = 'event', source, '') AS source
FROM ingest;
