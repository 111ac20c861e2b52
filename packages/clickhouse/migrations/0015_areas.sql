-- What roll-ups need beside the units' own figures. Rows from before get theirs when they are folded or counted anew; checks count with a
-- weight of 1 until then.
ALTER TABLE person_day_store
    ADD COLUMN IF NOT EXISTS checks_weight_confirmed UInt64 DEFAULT checks_confirmed * 1000000
        COMMENT 'C1 in roll-ups: 1 / chance of being drawn, added up over the checks confirmed, in millionths' AFTER lost_minutes,
    ADD COLUMN IF NOT EXISTS checks_weight UInt64 DEFAULT (checks_confirmed + checks_failed) * 1000000
        COMMENT 'the same over all checks that count, in millionths' AFTER checks_weight_confirmed,
    ADD COLUMN IF NOT EXISTS checks_weight_squared UInt64 DEFAULT (checks_confirmed + checks_failed) * 1000000
        COMMENT 'the squares of these weights added up, in millionths' AFTER checks_weight;

-- As before, with the weights of the checks.
CREATE OR REPLACE VIEW judged_person_day
DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT unit_id, work_date, person_key, if(suspected_outage, 'outage', stored_status) AS status, late_minutes, early_minutes, late_class,
    early_class, made_up, retroactive, manual_record, on_time, full_day, clock_records, manual_records, checks_confirmed,
    checks_failed, lost_minutes, checks_weight_confirmed, checks_weight, checks_weight_squared, suspected_outage
FROM
(
    SELECT * EXCEPT status, status AS stored_status,
        toUInt8(stored_status = 'unexcused' AND max(heard) OVER whole_unit = 0
            AND countIf(stored_status = 'unexcused') OVER whole_unit >= 5) AS suspected_outage
    FROM person_day_store FINAL
    WINDOW whole_unit AS (PARTITION BY unit_id, work_date)
);

ALTER TABLE unit_complaint_store
    ADD COLUMN IF NOT EXISTS due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'citizen''s clock: the resolution is due (S4 in roll-ups), UTC' AFTER `running.to_at`,
    ADD COLUMN IF NOT EXISTS citizen_response_due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'citizen''s response due, where this unit''s areas count it (S1 in roll-ups), UTC' AFTER due_at,
    ADD COLUMN IF NOT EXISTS citizen_response_on_time UInt8 COMMENT '1: answered by then' AFTER citizen_response_due_at,
    ADD COLUMN IF NOT EXISTS citizen_resolution_due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'citizen''s due, where this unit''s areas count it (S2 in roll-ups), UTC' AFTER citizen_response_on_time,
    ADD COLUMN IF NOT EXISTS citizen_resolution_sustained UInt8 COMMENT '1: resolved by then and not reopened within 30 days' AFTER citizen_resolution_due_at;

-- What a unit adds to the areas that it belongs to where that is not its own row: the citizen's clock, weighted checks, coaching without
-- what it coached elsewhere, and how A1 to A3 are shared out among people.
CREATE TABLE IF NOT EXISTS area_part_store
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    measure LowCardinality(String) COMMENT 'A1 to K3, see docs/glossary.md',
    window LowCardinality(String) COMMENT 'W1, R4, R13, R26 or R52: weeks that end with this one',
    numerator Float64 COMMENT 'what it adds to the numerator; C1: weights in millionths',
    denominator Float64 COMMENT 'what it adds to the denominator; C1: weights in millionths',
    squares Float64 COMMENT 'A1 to A3: squared days of each person added up; C1: squared weights in millionths; else 0',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(as_of, is_deleted)
ORDER BY (unit_id, week, measure, window)
SETTINGS index_granularity = 1024;
