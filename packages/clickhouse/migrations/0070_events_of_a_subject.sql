-- "What happened to this complaint?" went through all events there are: their order is by source and id, and ids are random. A granule that holds
-- no event of the subject is now passed over.
ALTER TABLE event_store ADD INDEX IF NOT EXISTS by_subject subject TYPE bloom_filter(0.01) GRANULARITY 1;

ALTER TABLE event_store MATERIALIZE INDEX by_subject;
