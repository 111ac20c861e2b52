-- What a mail said in figures, kept when it was sent, so that the next one can say what has changed since.
CREATE TABLE IF NOT EXISTS report_snapshot_store
(
    unit_id String COMMENT 'unit that the report is about',
    week Date COMMENT 'Monday of the reported week',
    service Nullable(Float64) COMMENT 'points as they were shown; NULL when none were',
    discipline Nullable(Float64) COMMENT 'points as they were shown; NULL when none were',
    due UInt32 COMMENT 'open cases that were to fall due in five working days',
    overdue UInt32 COMMENT 'open cases past their due',
    sent_at DateTime64(3, 'UTC') COMMENT 'when a mail server took it, UTC'
)
ENGINE = ReplacingMergeTree(sent_at)
PARTITION BY toYear(week)
ORDER BY (unit_id, week)
SETTINGS index_granularity = 256;
