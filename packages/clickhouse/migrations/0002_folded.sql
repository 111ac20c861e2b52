-- What the score-worker folds out of events. Each table keeps the row with the latest `version`: the server's time at
-- which the events were read. A row taken back is written once more with is_deleted = 1.

CREATE TABLE IF NOT EXISTS unit_version
(
    unit_id String COMMENT 'unit',
    valid_from Date COMMENT 'first day on which this version counts',
    valid_to Nullable(Date) COMMENT 'last day on which this version counts',
    name String COMMENT 'public name of the unit',
    unit_type LowCardinality(String) COMMENT 'kelurahan, kecamatan, upt, opd or city',
    parent_unit_id String COMMENT 'line superior unit, empty when none',
    head_role String COMMENT 'role of the head, never a name',
    report_emails Array(String) COMMENT 'role addresses that get the weekly report',
    locale LowCardinality(String) COMMENT 'id or en',
    schedule_profile LowCardinality(String) COMMENT 'working-time profile of the policy',
    staff_count Nullable(UInt32) COMMENT 'people on the roster as the directory says',
    population Nullable(UInt32) COMMENT 'residents',
    successor_unit_id String COMMENT 'unit that follows after valid_to, empty when none',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, valid_from);

CREATE TABLE IF NOT EXISTS person_day_store
(
    unit_id String COMMENT 'unit of the roster, else of the latest event',
    work_date Date COMMENT 'date in the city''s zone',
    person_key String COMMENT 'opaque key of the person' CODEC(ZSTD(1)),
    status LowCardinality(String) COMMENT 'not_scheduled, outage, excused_leave, official_duty, flexible_work, present or unexcused',
    late_minutes UInt16 COMMENT 'minutes after the start of the shift',
    early_minutes UInt16 COMMENT 'minutes before the end of the shift, 91 without a clock-out',
    late_class LowCardinality(String) COMMENT 'TL1 to TL4, empty when in time',
    early_class LowCardinality(String) COMMENT 'PSW1 to PSW4, empty when not early',
    made_up UInt8 COMMENT '1: lateness made up the same day',
    retroactive UInt8 COMMENT '1: excused more than three working days after',
    manual_record UInt8 COMMENT '1: a clock record of the day was made by hand',
    on_time UInt8 COMMENT '1: counts as on time (A2)',
    full_day UInt8 COMMENT '1: counts as a full day (A3)',
    clock_records UInt8 COMMENT 'single clock records of the day',
    manual_records UInt8 COMMENT 'of these, made by hand',
    checks_confirmed UInt8 COMMENT 'spot checks confirmed (C1)',
    checks_failed UInt8 COMMENT 'spot checks not found or unreachable (C1)',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, work_date, person_key)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS complaint_store
(
    complaint_id String COMMENT 'complaint' CODEC(ZSTD(1)),
    channel LowCardinality(String) COMMENT 'how it came in',
    kind LowCardinality(String) COMMENT 'complaint, suggestion or information_request',
    category LowCardinality(String) COMMENT 'what it is about',
    sla_class LowCardinality(String) COMMENT 'light, normative, ordinary or supervision: 2, 5, 14, 60 working days',
    received_at DateTime64(3, 'UTC') COMMENT 'receipt, UTC',
    verified_at Nullable(DateTime64(3, 'UTC')) COMMENT 'first verification, UTC',
    accountable_unit_id Nullable(String) COMMENT 'holder of the last custody, also after closing; NULL before the first assignment',
    response_due_at DateTime64(3, 'UTC') COMMENT 'citizen''s clock: a substantive response is due, UTC',
    due_at DateTime64(3, 'UTC') COMMENT 'citizen''s clock: the resolution is due, UTC',
    responded_at Nullable(DateTime64(3, 'UTC')) COMMENT 'first substantive response, UTC',
    resolved_at Nullable(DateTime64(3, 'UTC')) COMMENT 'latest resolution, UTC',
    outcome LowCardinality(String) COMMENT 'fixed, answered or closed_silent; empty when never resolved',
    reopened_at Nullable(DateTime64(3, 'UTC')) COMMENT 'latest reopening that counts, UTC',
    excluded_reason LowCardinality(String) COMMENT 'invalid, not_ours, withdrawn or duplicate by the coordinator; else empty',
    state LowCardinality(String) COMMENT 'open, waiting, resolved, closed_silent or excluded',
    custody Nested(
        unit_id String,
        from_at DateTime64(3, 'UTC'),
        to_at Nullable(DateTime64(3, 'UTC')),
        own_response_due_at DateTime64(3, 'UTC'),
        own_due_at DateTime64(3, 'UTC'),
        working_minutes UInt32,
        budget_minutes UInt32,
        failed UInt8,
        failure_reason String
    ) COMMENT 'each unit''s time of answering for it',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY complaint_id
SETTINGS index_granularity = 1024;

-- One unit's share of one complaint, laid by unit: counting a unit's week reads that unit's rows alone.
CREATE TABLE IF NOT EXISTS unit_complaint_store
(
    unit_id String COMMENT 'unit',
    complaint_id String COMMENT 'complaint' CODEC(ZSTD(1)),
    received_at Nullable(DateTime64(3, 'UTC')) COMMENT 'receipt, where this unit counts it, UTC',
    response_due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'own response due, where it counts (S1), UTC',
    response_on_time UInt8 COMMENT '1: answered by then',
    resolution_due_at Nullable(DateTime64(3, 'UTC')) COMMENT 'own due, where it counts (S2), UTC',
    resolution_sustained UInt8 COMMENT '1: resolved by then and not reopened within 30 days',
    backlog Nested(from_at DateTime64(3, 'UTC'), to_at Nullable(DateTime64(3, 'UTC')), own_due_at DateTime64(3, 'UTC')) COMMENT 'spans in which the unit held it (S4)',
    closed Nested(from_at DateTime64(3, 'UTC'), to_at Nullable(DateTime64(3, 'UTC'))) COMMENT 'spans in which the complaint was closed (S4)',
    audit Nested(closed_at DateTime64(3, 'UTC'), verified UInt8) COMMENT 'audits of closures (S3)',
    rating Nested(at DateTime64(3, 'UTC'), satisfaction Float64, courtesy Nullable(Float64)) COMMENT 'answers of respondents, 0 to 1 (S5, S6)',
    reopened_at Array(DateTime64(3, 'UTC')) COMMENT 'reopenings charged to the unit, UTC',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: taken back'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (unit_id, complaint_id)
SETTINGS index_granularity = 512;

-- Entities whose row time alone will change: the end of a day, a due instant. The clock publishes those that have come.
CREATE TABLE IF NOT EXISTS pending_change
(
    entity String COMMENT 'what will be folded anew' CODEC(ZSTD(1)),
    change_at DateTime64(3, 'UTC') COMMENT 'when, UTC',
    version DateTime64(6, 'UTC') COMMENT 'server time at which the events were read',
    is_deleted UInt8 COMMENT '1: settled'
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY entity
TTL toDateTime(change_at) + INTERVAL 7 DAY;

-- How far the clock has come: the last date whose end it has published.
CREATE TABLE IF NOT EXISTS clock_mark
(
    name String COMMENT 'which clock',
    through_date Date COMMENT 'last date of the city whose end was published',
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name;
