-- History comes in its own lane, once, and then for ever no more: who sends it has not fallen silent, and what a source is used to is what
-- it sends live.
ALTER TABLE ingest_to_source_arrival MODIFY QUERY
SELECT DISTINCT source, topic, toStartOfInterval(toDateTime(ingested_at, 'UTC'), INTERVAL 30 MINUTE) AS slot
FROM ingest
WHERE outcome = 'event' AND NOT startsWith(topic, 'bina.backfill.');

ALTER TABLE ingest_to_source_unit MODIFY QUERY
SELECT DISTINCT source, topic, toMonday(ingested_at) AS week, unit_id
FROM ingest
WHERE outcome = 'event' AND unit_id != '' AND NOT startsWith(topic, 'bina.backfill.');
