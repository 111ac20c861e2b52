-- A head may get the report of the own office and the roll-up of the units below it: two deliveries. `report` is the last column of the key;
-- a column may enter the key only in the statement that adds it.
ALTER TABLE report_delivery_store
    ADD COLUMN IF NOT EXISTS report LowCardinality(String) COMMENT 'empty: the unit''s own; area, city or integrity' AFTER issue,
    ADD COLUMN IF NOT EXISTS reader LowCardinality(String) DEFAULT 'unit_head' COMMENT 'unit_head, superior, in_place_of (the post is vacant or its mailbox takes no mail) or added' AFTER report,
    MODIFY ORDER BY (run_id, unit_id, recipient, locale, issue, report);
