-- Sessions, agreed actions, findings, inspections of facilities and objections, laid by the unit whose figures they move: the unit
-- itself, and for what a head coached the coach's unit once more.
CREATE TABLE IF NOT EXISTS coaching_item_store
(
    unit_id String COMMENT 'unit whose figures it moves: the one it is about, or its coach''s',
    about_unit_id String COMMENT 'unit that it is about',
    kind LowCardinality(String) COMMENT 'session, action, finding, inspection or objection',
    item_id String COMMENT 'id of the session, action, finding, inspection or objection',
    coach_unit_id String COMMENT 'unit whose head coaches, empty when none',
    code LowCardinality(String) COMMENT 'topic of the session, code of the action, category of the finding, measure objected to; misuse for an inspection that found it',
    raised_from LowCardinality(String) COMMENT 'finding: mayor_visit, social_media, spot_check or inspectorate',
    opened_at DateTime64(3, 'UTC') COMMENT 'planned (or held), agreed, raised, inspected or objected, UTC',
    due_on Nullable(Date) COMMENT 'session: planned on; action and finding: due on; objection: Monday of its week',
    closed_at Nullable(DateTime64(3, 'UTC')) COMMENT 'held, done, closed or decided, UTC',
    outcome LowCardinality(String) COMMENT 'objection: upheld or dismissed once decided',
    fact Nested(measure String, on Date, numerator UInt32, denominator UInt32) COMMENT 'what it adds to K1, K2, K3, S13 and S14',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, about_unit_id, kind, item_id)
SETTINGS index_granularity = 1024;
