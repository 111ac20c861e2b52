-- What is open, or came in of late, among all that ever was: the weekly reports ask for nothing else, and these tables lie by id.
ALTER TABLE complaint_store
    ADD INDEX IF NOT EXISTS by_state state TYPE set(8) GRANULARITY 1,
    ADD INDEX IF NOT EXISTS by_receipt received_at TYPE minmax GRANULARITY 1;

ALTER TABLE complaint_store MATERIALIZE INDEX by_state;

ALTER TABLE complaint_store MATERIALIZE INDEX by_receipt;

ALTER TABLE dead_letter_store ADD INDEX IF NOT EXISTS by_arrival at TYPE minmax GRANULARITY 1;

ALTER TABLE dead_letter_store MATERIALIZE INDEX by_arrival;

-- A unit has a few items open and hundreds behind it, so that a usual granule would hold them all.
CREATE TABLE IF NOT EXISTS coaching_item_fine AS coaching_item_store
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, about_unit_id, kind, item_id)
SETTINGS index_granularity = 64;

INSERT INTO coaching_item_fine SELECT * FROM coaching_item_store;

EXCHANGE TABLES coaching_item_fine AND coaching_item_store;

DROP TABLE coaching_item_fine;

ALTER TABLE coaching_item_store
    ADD COLUMN IF NOT EXISTS ended_at DateTime64(3, 'UTC') MATERIALIZED ifNull(closed_at, toDateTime64('2149-01-01 00:00:00', 3, 'UTC'))
        COMMENT 'closed_at, far ahead while it is open, UTC';

ALTER TABLE coaching_item_store ADD INDEX IF NOT EXISTS by_end ended_at TYPE minmax GRANULARITY 1;

ALTER TABLE coaching_item_store MATERIALIZE COLUMN ended_at;

ALTER TABLE coaching_item_store MATERIALIZE INDEX by_end;
