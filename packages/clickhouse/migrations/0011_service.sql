-- What S8 to S11 and S15 count of a unit's share. Rows from before get theirs when their complaint is folded anew.
ALTER TABLE unit_complaint_store
    ADD COLUMN IF NOT EXISTS `fact.measure` Array(LowCardinality(String)) COMMENT 'S8 to S11 and S15: what counts each fact' AFTER reopened_at,
    ADD COLUMN IF NOT EXISTS `fact.at` Array(DateTime64(3, 'UTC')) COMMENT 'when: it counts in the windows of this instant''s week, UTC' AFTER `fact.measure`,
    ADD COLUMN IF NOT EXISTS `fact.counts_from` Array(Nullable(DateTime64(3, 'UTC'))) COMMENT 'seen by weeks whose cut-off is not before this instant, NULL by all, UTC' AFTER `fact.at`,
    ADD COLUMN IF NOT EXISTS `fact.numerator` Array(UInt8) COMMENT 'what it adds to the numerator' AFTER `fact.counts_from`,
    ADD COLUMN IF NOT EXISTS `fact.denominator` Array(UInt8) COMMENT 'what it adds to the denominator' AFTER `fact.numerator`;
