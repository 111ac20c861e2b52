-- What a report of a run says is kept before its first copy leaves, so that a copy which is late says the same. Its figures stay, as what the
-- next mail is compared with; of a run that is over nobody gets a copy any more.
ALTER TABLE report_snapshot_store
    ADD COLUMN IF NOT EXISTS report LowCardinality(String) COMMENT 'empty: the unit''s own; area, city or integrity' AFTER week,
    ADD COLUMN IF NOT EXISTS kept_at DateTime('UTC') DEFAULT now() COMMENT 'server time of writing, UTC',
    MODIFY ORDER BY (unit_id, week, report);

ALTER TABLE report_snapshot_store
    ADD COLUMN IF NOT EXISTS input String COMMENT 'what its words are made from, JSON; empty five weeks later' CODEC(ZSTD(3)) TTL kept_at + INTERVAL 35 DAY;

ALTER TABLE report_snapshot_store COMMENT COLUMN sent_at 'until when it was known what is in it: what came later is not, UTC';

-- A superior who had the copy before it was known that the post cannot be reached gets a second mail that says so: a delivery of its own.
ALTER TABLE report_delivery_store
    ADD COLUMN IF NOT EXISTS follow_up UInt8 COMMENT '1: a second mail to a superior, who had the copy before it was known that the post cannot be reached' AFTER reader,
    MODIFY ORDER BY (run_id, unit_id, recipient, locale, issue, report, follow_up);

-- A mail that came back names the one that it is about by its Message-ID alone.
ALTER TABLE report_delivery_store ADD INDEX IF NOT EXISTS of_message message_id TYPE bloom_filter(0.001) GRANULARITY 1;
