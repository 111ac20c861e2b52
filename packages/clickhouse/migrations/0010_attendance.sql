-- What a whole unit-day of silence is told from, and the minutes that A4 adds up. Rows from before are read as they would be folded,
-- but for a status `unexcused` on a day without a clock record: that one is heard only when its day is folded anew.
ALTER TABLE person_day_store
    ADD COLUMN IF NOT EXISTS heard UInt8
        DEFAULT status NOT IN ('', 'not_scheduled') AND (clock_records > 0 OR status != 'unexcused')
        COMMENT '1: a working day of which a clock record or a status tells'
        AFTER checks_failed,
    ADD COLUMN IF NOT EXISTS lost_minutes UInt16
        DEFAULT if(status = 'present', least(late_minutes + early_minutes, 450), 0)
        COMMENT 'late and early minutes of a day present, at most a full day''s work (A4)'
        AFTER heard;

-- Person-days as they count. A unit-day on which not one of five or more people who were to work has a clock record or a status is more
-- likely a silent terminal than an empty office: it counts as an outage until the city says otherwise (`suspected_outage` 1). Worked out
-- here and nowhere else, at the moment of asking: counts, views and the trace of an event all read it, so that none can say
-- anything else, whatever order the events came in. A filter by unit and date reaches the table below.
CREATE OR REPLACE VIEW judged_person_day
DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT unit_id, work_date, person_key, if(suspected_outage, 'outage', stored_status) AS status, late_minutes, early_minutes, late_class,
    early_class, made_up, retroactive, manual_record, on_time, full_day, clock_records, manual_records, checks_confirmed,
    checks_failed, lost_minutes, suspected_outage
FROM
(
    SELECT * EXCEPT status, status AS stored_status,
        toUInt8(stored_status = 'unexcused' AND max(heard) OVER whole_unit = 0
            AND countIf(stored_status = 'unexcused') OVER whole_unit >= 5) AS suspected_outage
    FROM person_day_store FINAL
    WINDOW whole_unit AS (PARTITION BY unit_id, work_date)
);
