-- The inspectorate's list, merged complaints, and what S7 is worked out from. Rows from before get theirs when their complaint is folded anew.
ALTER TABLE complaint_store
    ADD COLUMN IF NOT EXISTS merged_into String COMMENT 'complaint of which it is a duplicate, empty when none' AFTER state,
    ADD COLUMN IF NOT EXISTS severe UInt8 COMMENT '1: for the inspectorate, out of the scores' AFTER merged_into,
    ADD COLUMN IF NOT EXISTS unit_ids Array(String) COMMENT 'units complained about or in custody of it' AFTER severe;

ALTER TABLE unit_complaint_store
    ADD COLUMN IF NOT EXISTS duration_due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'own due of the custody that S7 times, where it counts, UTC' AFTER `fact.denominator`,
    ADD COLUMN IF NOT EXISTS duration_minutes Nullable(UInt32) COMMENT 'working minutes in custody until it was resolved, NULL while open' AFTER duration_due_at,
    ADD COLUMN IF NOT EXISTS duration_profile LowCardinality(String) COMMENT 'schedule profile of these minutes' AFTER duration_minutes,
    ADD COLUMN IF NOT EXISTS `running.from_at` Array(DateTime64(3, 'UTC')) COMMENT 'of an open case: where its minutes begin to run, UTC' AFTER duration_profile,
    ADD COLUMN IF NOT EXISTS `running.to_at` Array(Nullable(DateTime64(3, 'UTC'))) COMMENT 'where they stop, NULL while they run, UTC' AFTER `running.from_at`;

CREATE TABLE IF NOT EXISTS unit_week_duration_store
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    cases UInt32 COMMENT 'complaints whose own due lies in the thirteen weeks',
    censored UInt32 COMMENT 'of these, still open',
    median_working_hours Nullable(Float64) COMMENT 'working hours by which half are resolved, NULL when not known yet',
    p80_working_hours Nullable(Float64) COMMENT 'working hours by which four of five are resolved, NULL when not known yet',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, week)
SETTINGS index_granularity = 1024;
