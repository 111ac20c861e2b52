-- The tables of the contract, section 3: each is right at any moment, no reader needs FINAL or knows of merges.
-- They read with the rights of whoever laid them, so that a reader needs none on the tables behind.
-- What a table keeps as LowCardinality or Enum is cast: the server reads `column != ''` as the size of a String, which those do not have, and
-- a reader's question failed.

CREATE OR REPLACE VIEW events
(
    source String COMMENT 'CloudEvents source: the publishing system',
    id String COMMENT 'CloudEvents id, unique within source',
    type String COMMENT 'event type',
    subject String COMMENT 'the entity: unit id or complaint id',
    occurred_at DateTime64(3, 'UTC') COMMENT 'when it happened in the world, UTC',
    ingested_at DateTime64(3, 'UTC') COMMENT 'clock of the HTTP door, or the Kafka record timestamp, UTC',
    stored_at DateTime64(3, 'UTC') COMMENT 'when it became countable, UTC',
    topic String COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    offset UInt64 COMMENT 'Kafka offset',
    unit_id String COMMENT 'unit named by the event, empty when none',
    data String COMMENT 'the event''s data, JSON'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    CAST(source, 'String') AS source, id, CAST(type, 'String') AS type, subject, occurred_at, ingested_at, stored_at,
    CAST(topic, 'String') AS topic, partition, offset, CAST(unit_id, 'String') AS unit_id, data
FROM event_store FINAL;

-- The directory as it stands today: of several versions the latest that has begun.
CREATE OR REPLACE VIEW unit
(
    unit_id String COMMENT 'unit',
    name String COMMENT 'public name of the unit; names repeat, never join on them',
    unit_type String COMMENT 'kelurahan, kecamatan, upt, opd or city',
    parent_unit_id String COMMENT 'line superior unit, empty when none',
    kecamatan_unit_id String COMMENT 'kecamatan it lies in by its line of superiors, empty when none',
    head_role String COMMENT 'role of the head, never a name',
    locale String COMMENT 'id or en: language of its report',
    schedule_profile String COMMENT 'working-time profile of the policy',
    staff_count Nullable(UInt32) COMMENT 'people on the roster as the directory says',
    population Nullable(UInt32) COMMENT 'residents',
    valid_from Date COMMENT 'first day of this version; 1970-01-01 where it began earlier',
    valid_to Nullable(Date) COMMENT 'last day of this version; NULL where none is known, or it lies after 2149'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH current AS
(
    SELECT *
    FROM unit_version FINAL
    WHERE valid_from <= toDate(now(), '{{zone}}')
    ORDER BY unit_id, valid_from DESC
    LIMIT 1 BY unit_id
)
SELECT
    u.unit_id AS unit_id, u.name AS name, CAST(u.unit_type, 'String') AS unit_type, u.parent_unit_id AS parent_unit_id,
    multiIf(u.unit_type = 'kecamatan', u.unit_id, p.unit_type = 'kecamatan', p.unit_id, '') AS kecamatan_unit_id, u.head_role AS head_role,
    CAST(u.locale, 'String') AS locale, CAST(u.schedule_profile, 'String') AS schedule_profile, u.staff_count AS staff_count,
    u.population AS population, u.valid_from AS valid_from, u.valid_to AS valid_to
FROM current AS u
LEFT JOIN current AS p ON p.unit_id = u.parent_unit_id
WHERE u.valid_to IS NULL OR u.valid_to >= toDate(now(), '{{zone}}');

CREATE OR REPLACE VIEW suspected_outage
(
    unit_id String COMMENT 'unit',
    day Date COMMENT 'date in the city''s zone',
    persons UInt64 COMMENT 'people who were to work, five or more, of whom neither a clock record nor a status tells'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT unit_id, work_date AS day, count() AS persons
FROM judged_person_day
WHERE suspected_outage
GROUP BY unit_id, work_date;

-- Working days on which a source sent nothing for longer than its own habit: see docs/data-quality.md.
CREATE OR REPLACE VIEW source_silence
(
    source String COMMENT 'CloudEvents source: the publishing system',
    topic String COMMENT 'Kafka topic',
    day Date COMMENT 'date in the city''s zone',
    last_arrival_at DateTime64(3, 'UTC') COMMENT 'begin of the half hour in which anything last came in before, UTC',
    found_at DateTime64(3, 'UTC') COMMENT 'when that day its silence came to be longer than its habit, UTC',
    unit_ids Array(String) COMMENT 'units that its events name'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    CAST(source, 'String') AS source, CAST(topic, 'String') AS topic, day, last_arrival_at, found_at, unit_ids
FROM source_silence_store FINAL;

-- What is wrong with the input, each in its one stated treatment: see docs/data-quality.md. Nothing here changes a figure.
CREATE OR REPLACE VIEW data_quality
(
    unit_id String COMMENT 'unit in whose input it was found',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    kind String COMMENT 'what is wrong: kinds of docs/data-quality.md',
    count UInt64 COMMENT 'how often: person-days, events, complaints or unit-days, by kind'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT unit_id, toMonday(day) AS week, kind, count() AS count
FROM
(
    SELECT unit_id, work_date AS day, arrayJoin(findings) AS kind
    FROM person_day_store FINAL
    UNION ALL
    SELECT unit_id, finding.on AS day, finding.kind AS kind
    FROM data_quality_store FINAL
    ARRAY JOIN finding
    UNION ALL
    SELECT unit_id, day, 'suspected_outage' AS kind
    FROM suspected_outage
    UNION ALL
    SELECT arrayJoin(unit_ids) AS unit_id, day, 'source_silent' AS kind
    FROM source_silence_store FINAL
    UNION ALL
    -- No unit answers for it yet, so it may be in no figure at all: it stands with the city, whose coordinator assigns, while there is one.
    SELECT if(city_id != '', city_id, about_unit_id) AS unit_id, toDate(response_due_at, '{{zone}}') AS day, 'nobody_assigned' AS kind
    FROM
    (
        SELECT about_unit_id, response_due_at, (SELECT min(u.unit_id) FROM unit_version AS u FINAL WHERE u.unit_type = 'city') AS city_id
        FROM complaint_store FINAL
        WHERE accountable_unit_id IS NULL AND state IN ('open', 'waiting') AND response_due_at < now64(3)
    )
    UNION ALL
    -- One reporter on one matter and unit once in seven days (reading 27), and no more than four complaints of one reporter in a day. Both
    -- look back a week at most: each week is looked at with the one before it and no other, so that who asks for a week reads those two.
    SELECT unit_id, seen_in AS day, arrayJoin(arrayConcat(if(is_repeat, ['repeated_complaint'], []), if(in_a_day > 4, ['reporter_flood'], []))) AS kind
    FROM
    (
        SELECT about_unit_id AS unit_id, seen_in, is_earlier,
            row_number() OVER (PARTITION BY seen_in, reporter, about_unit_id, category ORDER BY received_at, complaint_id) AS nth,
            lagInFrame(received_at) OVER (PARTITION BY seen_in, reporter, about_unit_id, category ORDER BY received_at, complaint_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before,
            nth > 1 AND received_at <= before + INTERVAL 7 DAY AS is_repeat,
            count() OVER (PARTITION BY seen_in, reporter ORDER BY toUnixTimestamp(received_at) RANGE BETWEEN 86400 PRECEDING AND CURRENT ROW) AS in_a_day
        FROM
        (
            SELECT complaint_id, reporter, about_unit_id, category, received_at, toMonday(toDate(received_at, '{{zone}}')) AS seen_in, 0 AS is_earlier
            FROM complaint_store FINAL
            WHERE reporter != '' AND about_unit_id != '' AND excluded_reason = ''
            UNION ALL
            SELECT complaint_id, reporter, about_unit_id, category, received_at, toMonday(toDate(received_at, '{{zone}}')) + 7 AS seen_in, 1 AS is_earlier
            FROM complaint_store FINAL
            WHERE reporter != '' AND about_unit_id != '' AND excluded_reason = ''
        )
    )
    WHERE NOT is_earlier
)
GROUP BY unit_id, week, kind;

CREATE OR REPLACE VIEW person_day
(
    unit_id String COMMENT 'unit of the roster, else of the latest event',
    person_key String COMMENT 'opaque key of the person',
    work_date Date COMMENT 'date in the city''s zone',
    status String COMMENT 'not_scheduled, outage, excused_leave, official_duty, flexible_work, present or unexcused',
    late_minutes UInt16 COMMENT 'minutes after the start of the shift',
    early_minutes UInt16 COMMENT 'minutes before the end of the shift, 91 without a clock-out',
    late_class String COMMENT 'TL1 to TL4, empty when in time',
    early_class String COMMENT 'PSW1 to PSW4, empty when not early',
    made_up UInt8 COMMENT '1: lateness made up the same day',
    retroactive UInt8 COMMENT '1: excused more than three working days after',
    manual_record UInt8 COMMENT '1: a clock record of the day was made by hand'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    unit_id, person_key, work_date, status, late_minutes, early_minutes, CAST(late_class, 'String') AS late_class,
    CAST(early_class, 'String') AS early_class, made_up, retroactive, manual_record
FROM judged_person_day;

CREATE OR REPLACE VIEW complaint
(
    complaint_id String COMMENT 'complaint',
    channel String COMMENT 'how it came in',
    kind String COMMENT 'complaint, suggestion or information_request',
    category String COMMENT 'what it is about',
    sla_class String COMMENT 'light, normative, ordinary or supervision: 2, 5, 14, 60 working days',
    received_at DateTime64(3, 'UTC') COMMENT 'receipt, UTC',
    verified_at Nullable(DateTime64(3, 'UTC')) COMMENT 'first verification, UTC',
    accountable_unit_id Nullable(String) COMMENT 'holder of the last custody, also after closing; NULL before the first assignment',
    response_due_at DateTime64(3, 'UTC') COMMENT 'citizen''s clock: a substantive response is due, UTC',
    due_at DateTime64(3, 'UTC') COMMENT 'citizen''s clock: the resolution is due, UTC',
    responded_at Nullable(DateTime64(3, 'UTC')) COMMENT 'first substantive response, UTC',
    resolved_at Nullable(DateTime64(3, 'UTC')) COMMENT 'latest resolution, UTC',
    outcome String COMMENT 'fixed, answered or closed_silent; empty when never resolved',
    reopened_at Nullable(DateTime64(3, 'UTC')) COMMENT 'latest reopening that counts, UTC',
    excluded_reason String COMMENT 'invalid, not_ours, withdrawn or duplicate by the coordinator; else empty',
    state String COMMENT 'open, waiting, resolved, closed_silent or excluded',
    overdue UInt8 COMMENT '1: open or waiting, and due_at has passed',
    merged_into String COMMENT 'complaint of which it is a duplicate, empty when none',
    supporters UInt64 COMMENT 'complaints that are merged into this one'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    c.complaint_id AS complaint_id, CAST(c.channel, 'String') AS channel, CAST(c.kind, 'String') AS kind,
    CAST(c.category, 'String') AS category, CAST(c.sla_class, 'String') AS sla_class, c.received_at AS received_at,
    c.verified_at AS verified_at, c.accountable_unit_id AS accountable_unit_id, c.response_due_at AS response_due_at, c.due_at AS due_at,
    c.responded_at AS responded_at, c.resolved_at AS resolved_at, CAST(c.outcome, 'String') AS outcome, c.reopened_at AS reopened_at,
    CAST(c.excluded_reason, 'String') AS excluded_reason, CAST(c.state, 'String') AS state,
    toUInt8(c.state IN ('open', 'waiting') AND c.due_at < now64(3)) AS overdue, c.merged_into AS merged_into,
    toUInt64(m.complaints) AS supporters
FROM (SELECT * FROM complaint_store FINAL) AS c
ANY LEFT JOIN
(
    SELECT merged_into, count() AS complaints
    FROM complaint_store FINAL
    WHERE merged_into != ''
    GROUP BY merged_into
) AS m ON m.merged_into = c.complaint_id;

-- For the inspectorate alone: which complaints, and where. Also those that a coordinator has excluded: nobody hides one that way.
CREATE OR REPLACE VIEW severe_case
(
    complaint_id String COMMENT 'complaint',
    category String COMMENT 'illegal_fee or discrimination, as verified',
    received_at DateTime64(3, 'UTC') COMMENT 'receipt, UTC',
    unit_ids Array(String) COMMENT 'units complained about or in custody of it'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    complaint_id, CAST(category, 'String') AS category, received_at, unit_ids
FROM complaint_store FINAL
WHERE severe;

CREATE OR REPLACE VIEW complaint_custody
(
    complaint_id String COMMENT 'complaint',
    unit_id String COMMENT 'unit that answered for it',
    from_at DateTime64(3, 'UTC') COMMENT 'start of the custody, UTC',
    to_at Nullable(DateTime64(3, 'UTC')) COMMENT 'end of the custody, NULL while it lasts, UTC',
    own_due_at DateTime64(3, 'UTC') COMMENT 'instant at which the unit''s own budget runs out, UTC',
    working_minutes UInt32 COMMENT 'working minutes in custody, by the unit''s own profile, waiting left out',
    budget_minutes UInt32 COMMENT 'working minutes that the unit had',
    failed UInt8 COMMENT '1: charged to the unit',
    failure_reason String COMMENT 'late_forward, overdue or reopened; empty when not failed'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT complaint_id, custody.unit_id AS unit_id, custody.from_at AS from_at, custody.to_at AS to_at,
    custody.own_due_at AS own_due_at, custody.working_minutes AS working_minutes,
    custody.budget_minutes AS budget_minutes, custody.failed AS failed, custody.failure_reason AS failure_reason
FROM complaint_store FINAL
ARRAY JOIN custody;

-- What unit_day is made of: a day's attendance in one row and its service in another, so that a row filter keeps a reader from the one
-- and not from the other. Offices below five people never show attendance by day (domain.md 1.10): infra/clickhouse/users.d.
CREATE OR REPLACE VIEW unit_day_part
(
    unit_id String COMMENT 'unit',
    day Date COMMENT 'date in the city''s zone',
    part String COMMENT 'attendance, service, or small: that there is attendance of one to four people. Numbers of other parts are 0',
    is_small UInt8 COMMENT '1: attendance of a day on which one to four people were to work',
    scheduled UInt64 COMMENT 'person-days that were to be worked, outages included',
    present UInt64 COMMENT 'person-days present',
    on_time UInt64 COMMENT 'person-days on time (A2)',
    full_day UInt64 COMMENT 'person-days worked to the end (A3)',
    unexcused UInt64 COMMENT 'person-days absent without a reason',
    excused UInt64 COMMENT 'person-days of leave',
    official_duty UInt64 COMMENT 'person-days of official duty elsewhere',
    flexible_work UInt64 COMMENT 'person-days of flexible work',
    lost_minutes UInt64 COMMENT 'late and early minutes of those present, at most 450 a person-day',
    checks_confirmed UInt64 COMMENT 'spot checks confirmed (C1)',
    checks_failed UInt64 COMMENT 'spot checks not found or unreachable (C1)',
    complaints_received UInt64 COMMENT 'complaints received that day',
    responses_due UInt64 COMMENT 'own responses due that day (S1)',
    responses_on_time UInt64 COMMENT 'of these answered by then',
    resolutions_due UInt64 COMMENT 'own resolutions due that day (S2)',
    resolutions_sustained UInt64 COMMENT 'of these resolved by then and not reopened within 30 days',
    reopened UInt64 COMMENT 'reopenings charged to the unit that day',
    audited UInt64 COMMENT 'audits that count, by the day of the closure (S3)',
    audits_verified UInt64 COMMENT 'of these found really done'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT unit_id, day, part, is_small,
    if(part = 'attendance', n.1, 0) AS scheduled, if(part = 'attendance', n.2, 0) AS present, if(part = 'attendance', n.3, 0) AS on_time,
    if(part = 'attendance', n.4, 0) AS full_day, if(part = 'attendance', n.5, 0) AS unexcused, if(part = 'attendance', n.6, 0) AS excused,
    if(part = 'attendance', n.7, 0) AS official_duty, if(part = 'attendance', n.8, 0) AS flexible_work,
    if(part = 'attendance', n.9, 0) AS lost_minutes, if(part = 'attendance', n.10, 0) AS checks_confirmed,
    if(part = 'attendance', n.11, 0) AS checks_failed, toUInt64(0) AS complaints_received, toUInt64(0) AS responses_due,
    toUInt64(0) AS responses_on_time, toUInt64(0) AS resolutions_due, toUInt64(0) AS resolutions_sustained, toUInt64(0) AS reopened,
    toUInt64(0) AS audited, toUInt64(0) AS audits_verified
FROM
(
    SELECT unit_id, work_date AS day, toUInt8(n.1 BETWEEN 1 AND 4) AS is_small,
        (
            countIf(status != 'not_scheduled'), countIf(status = 'present'), countIf(on_time), countIf(full_day),
            countIf(status = 'unexcused'), countIf(status = 'excused_leave'), countIf(status = 'official_duty'),
            countIf(status = 'flexible_work'), sum(toUInt64(lost_minutes)), sum(toUInt64(checks_confirmed)),
            sum(toUInt64(checks_failed))
        ) AS n
    FROM judged_person_day
    GROUP BY unit_id, work_date
)
ARRAY JOIN if(is_small, ['attendance', 'small'], ['attendance']) AS part
UNION ALL
SELECT unit_id, toDate(fact.1, '{{zone}}') AS day, 'service' AS part, toUInt8(0) AS is_small,
    toUInt64(0) AS scheduled, toUInt64(0) AS present, toUInt64(0) AS on_time, toUInt64(0) AS full_day, toUInt64(0) AS unexcused,
    toUInt64(0) AS excused, toUInt64(0) AS official_duty, toUInt64(0) AS flexible_work, toUInt64(0) AS lost_minutes,
    toUInt64(0) AS checks_confirmed, toUInt64(0) AS checks_failed, countIf(fact.2 = 'received') AS complaints_received,
    countIf(fact.2 = 'response') AS responses_due, countIf(fact.2 = 'response' AND fact.3) AS responses_on_time,
    countIf(fact.2 = 'resolution') AS resolutions_due, countIf(fact.2 = 'resolution' AND fact.3) AS resolutions_sustained,
    countIf(fact.2 = 'reopened') AS reopened, countIf(fact.2 = 'audit') AS audited, countIf(fact.2 = 'audit' AND fact.3) AS audits_verified
FROM
(
    SELECT unit_id, arrayJoin(arrayConcat(
        if(received_at IS NULL, [], [(assumeNotNull(received_at), 'received', 0)]),
        if(response_due_at IS NULL, [], [(assumeNotNull(response_due_at), 'response', response_on_time)]),
        if(resolution_due_at IS NULL, [], [(assumeNotNull(resolution_due_at), 'resolution', resolution_sustained)]),
        arrayMap(t -> (t, 'reopened', 0), reopened_at),
        arrayMap((t, v) -> (t, 'audit', v), audit.closed_at, audit.verified))) AS fact
    FROM unit_complaint_store FINAL
    WHERE unit_id != ''
)
GROUP BY unit_id, day;

-- With the rights of whoever asks: what a reader may not see of unit_day_part is in no number here, and attendance_hidden says so.
CREATE OR REPLACE VIEW unit_day
(
    unit_id String COMMENT 'unit',
    day Date COMMENT 'date in the city''s zone',
    scheduled UInt64 COMMENT 'person-days that were to be worked, outages included',
    present UInt64 COMMENT 'person-days present',
    on_time UInt64 COMMENT 'person-days on time (A2)',
    full_day UInt64 COMMENT 'person-days worked to the end (A3)',
    unexcused UInt64 COMMENT 'person-days absent without a reason',
    excused UInt64 COMMENT 'person-days of leave',
    official_duty UInt64 COMMENT 'person-days of official duty elsewhere',
    flexible_work UInt64 COMMENT 'person-days of flexible work',
    lost_minutes UInt64 COMMENT 'late and early minutes of those present, at most 450 a person-day',
    checks_confirmed UInt64 COMMENT 'spot checks confirmed (C1)',
    checks_failed UInt64 COMMENT 'spot checks not found or unreachable (C1)',
    complaints_received UInt64 COMMENT 'complaints received that day',
    responses_due UInt64 COMMENT 'own responses due that day (S1)',
    responses_on_time UInt64 COMMENT 'of these answered by then',
    resolutions_due UInt64 COMMENT 'own resolutions due that day (S2)',
    resolutions_sustained UInt64 COMMENT 'of these resolved by then and not reopened within 30 days',
    reopened UInt64 COMMENT 'reopenings charged to the unit that day',
    audited UInt64 COMMENT 'audits that count, by the day of the closure (S3)',
    audits_verified UInt64 COMMENT 'of these found really done',
    attendance_hidden UInt8 COMMENT '1: one to four people were to work, and this reader sees no attendance of such days: scheduled to checks_failed are 0'
) SQL SECURITY INVOKER AS
SELECT unit_id, day,
    sum(p.scheduled) AS scheduled, sum(p.present) AS present, sum(p.on_time) AS on_time, sum(p.full_day) AS full_day,
    sum(p.unexcused) AS unexcused, sum(p.excused) AS excused, sum(p.official_duty) AS official_duty, sum(p.flexible_work) AS flexible_work,
    sum(p.lost_minutes) AS lost_minutes, sum(p.checks_confirmed) AS checks_confirmed, sum(p.checks_failed) AS checks_failed,
    sum(p.complaints_received) AS complaints_received, sum(p.responses_due) AS responses_due,
    sum(p.responses_on_time) AS responses_on_time, sum(p.resolutions_due) AS resolutions_due,
    sum(p.resolutions_sustained) AS resolutions_sustained, sum(p.reopened) AS reopened, sum(p.audited) AS audited,
    sum(p.audits_verified) AS audits_verified, toUInt8(countIf(p.part = 'small') > countIf(p.part = 'attendance')) AS attendance_hidden
FROM unit_day_part AS p
GROUP BY unit_id, day
HAVING scheduled + complaints_received + responses_due + resolutions_due + reopened + audited + checks_confirmed + checks_failed
    + attendance_hidden > 0;

CREATE OR REPLACE VIEW unit_week_measure
(
    unit_id String COMMENT 'unit',
    scope String COMMENT 'own: the unit''s own figures; area: pooled over the units below it',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    measure String COMMENT 'A1 to K3, see docs/glossary.md',
    window String COMMENT 'W1, R4, R13, R26 or R52: weeks that end with this one',
    numerator Float64 COMMENT 'successes, or a sum of means',
    denominator Float64 COMMENT 'cases, or respondents',
    estimate Float64 COMMENT 'posterior mean where a prior is in the policy, else the plain ratio',
    lower80 Float64 COMMENT 'lower end of the 80 % interval',
    upper80 Float64 COMMENT 'upper end of the 80 % interval',
    policy_version String COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    unit_id, CAST(scope, 'String') AS scope, week, CAST(figure.measure, 'String') AS measure, CAST(figure.window, 'String') AS window,
    figure.numerator AS numerator, figure.denominator AS denominator, figure.estimate AS estimate, figure.lower80 AS lower80,
    figure.upper80 AS upper80, CAST(policy_version, 'String') AS policy_version, as_of
FROM unit_week_figures_store FINAL
ARRAY JOIN figure;

CREATE OR REPLACE VIEW unit_week_duration
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone: the last of the thirteen weeks looked at',
    cases UInt32 COMMENT 'complaints that the unit answers for and whose own due lies in these weeks',
    censored UInt32 COMMENT 'of these, still open, and counted as lasting longer than so far',
    median_working_hours Nullable(Float64) COMMENT 'working hours in custody by which half are resolved (Kaplan-Meier), NULL when not known yet',
    p80_working_hours Nullable(Float64) COMMENT 'working hours in custody by which four of five are resolved (Kaplan-Meier), NULL when not known yet',
    policy_version String COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    unit_id, week, cases, censored, median_working_hours, p80_working_hours, CAST(policy_version, 'String') AS policy_version, as_of
FROM unit_week_duration_store FINAL;

CREATE OR REPLACE VIEW unit_week_score
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    score String COMMENT 'discipline or service; never merged into one',
    value Nullable(Float64) COMMENT 'points 0 to 100; NULL when too little is known',
    lower80 Float64 COMMENT 'lower end of the 80 % interval, points',
    upper80 Float64 COMMENT 'upper end of the 80 % interval, points',
    confidence String COMMENT 'high, medium, low or hidden, by the width of the interval',
    band String COMMENT 'kept, needs_attention, needs_support, inconclusive or not_enough_data',
    terms Map(String, Float64) COMMENT 'points of each term before weighting, 0 to 100',
    status String COMMENT 'provisional; final from 14 days after the cut-off',
    policy_version String COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    unit_id, week, CAST(score, 'String') AS score, value, lower80, upper80, CAST(confidence, 'String') AS confidence,
    CAST(band, 'String') AS band, terms, CAST(status, 'String') AS status, CAST(policy_version, 'String') AS policy_version, as_of
FROM unit_week_score_store FINAL;

-- Each unit's chart is its own; city_listed alone looks at the others: Benjamini and Hochberg at q = 0.1 over all p-values of the week.
CREATE OR REPLACE VIEW unit_week_signal
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    measure String COMMENT 'A1 to S12, see docs/measures.md',
    chart String COMMENT 'xmr, p_prime, u_prime, mean_prime, g or t',
    value Float64 COMMENT 'the point: a share, minutes, cases (g) or days (t)',
    centre Float64 COMMENT 'centre line, unit of value',
    lower_limit Float64 COMMENT 'lower limit, unit of value',
    upper_limit Float64 COMMENT 'upper limit, unit of value',
    rule String COMMENT 'beyond, trend, two_of_three or shift; empty where chance explains the week',
    direction String COMMENT 'improvement, concern or none',
    p_value Nullable(Float64) COMMENT 'how likely such a difference from the baseline is where nothing has changed, 0 to 1; NULL below 12 points before it',
    phase String COMMENT 'trial: each new point still moves the limits; locked',
    city_listed UInt8 COMMENT '1: may be spoken of in the city''s list, false discoveries held at 10 %',
    policy_version String COMMENT 'policy that made it',
    as_of DateTime64(6, 'UTC') COMMENT 'server time at which the facts were read, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
-- Only small p-values can be below the cut, so that a week's list of them stays short.
SELECT
    s.unit_id AS unit_id, s.week AS week, CAST(s.measure, 'String') AS measure, CAST(s.chart, 'String') AS chart, s.value AS value,
    s.centre AS centre, s.lower_limit AS lower_limit, s.upper_limit AS upper_limit, CAST(s.rule, 'String') AS rule,
    CAST(s.direction, 'String') AS direction, s.p_value AS p_value, CAST(s.phase, 'String') AS phase,
    toUInt8(s.rule != '' AND ifNull(s.p_value, 2) <= c.cut) AS city_listed, CAST(s.policy_version, 'String') AS policy_version,
    s.as_of AS as_of
FROM unit_week_signal_store AS s FINAL
LEFT JOIN
(
    SELECT week, count(p_value) AS tests, arraySort(groupArrayIf(assumeNotNull(p_value), ifNull(p_value, 2) <= 0.1)) AS sorted,
        arrayMax(arrayPushBack(arrayMap((p, place) -> if(p <= place * 0.1 / tests, p, -1.), sorted, arrayEnumerate(sorted)), -1.)) AS cut
    FROM unit_week_signal_store FINAL
    GROUP BY week
) AS c ON c.week = s.week;

-- The record of what was said of a week that had become final: a later, other value is no second truth, but has its line here.
CREATE OR REPLACE VIEW score_restatement
(
    unit_id String COMMENT 'unit',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    score String COMMENT 'discipline or service; never merged into one',
    old_value Nullable(Float64) COMMENT 'what stood as final before, points; NULL: not enough was known',
    new_value Nullable(Float64) COMMENT 'what stands instead, points; NULL: not enough is known, or the unit is no longer scored for this week',
    cause String COMMENT 'late event, correction, withdrawal, directory, rebuild, or the rules: policy v1 -> v2',
    at DateTime64(6, 'UTC') COMMENT 'when the facts were read that moved it, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    unit_id, week, CAST(score, 'String') AS score, old_value, value AS new_value, CAST(cause, 'String') AS cause, at
FROM final_score_store FINAL
WHERE issue > 0;

CREATE OR REPLACE VIEW report_run
(
    period Date COMMENT 'Monday of the reported week',
    run_id String COMMENT 'made from the period',
    state String COMMENT 'running, finished, finished_with_failures or held',
    started_at DateTime64(3, 'UTC') COMMENT 'UTC',
    finished_at Nullable(DateTime64(3, 'UTC')) COMMENT 'UTC, NULL while running',
    data_complete_until DateTime64(3, 'UTC') COMMENT 'every event stored by then is in the figures, UTC',
    units UInt32 COMMENT 'units that were to get a report',
    delivered UInt32 COMMENT 'mails that a mail server took',
    failed UInt32 COMMENT 'mails that no mail server took',
    suppressed UInt32 COMMENT 'mails held back on purpose, such as units without an address',
    cause String COMMENT 'why it was held or failed, empty when all is well'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    period, run_id, CAST(state, 'String') AS state, started_at, finished_at, data_complete_until, units, delivered, failed, suppressed,
    cause
FROM report_run_store FINAL;

CREATE OR REPLACE VIEW report_delivery
(
    run_id String COMMENT 'run',
    unit_id String COMMENT 'unit that the report is about',
    recipient String COMMENT 'address',
    locale String COMMENT 'id or en',
    issue UInt16 COMMENT '0; each explicit resend one more',
    state String COMMENT 'queued, sent, failed or suppressed',
    attempts UInt16 COMMENT 'attempts begun; written before the mail leaves',
    message_id String COMMENT 'Message-ID, the same for each attempt',
    smtp_reply String COMMENT 'last answer of the mail server',
    updated_at DateTime64(6, 'UTC') COMMENT 'UTC',
    report String COMMENT 'empty: the unit''s own; area, city or integrity',
    reader String COMMENT 'as whom: unit_head, superior, in_place_of (the post is vacant or its mailbox takes no mail) or added',
    follow_up UInt8 COMMENT '1: a second mail to a superior, who had the copy before it was known that the post cannot be reached'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    run_id, unit_id, recipient, CAST(locale, 'String') AS locale, issue, CAST(state, 'String') AS state, attempts, message_id, smtp_reply,
    updated_at, CAST(report, 'String') AS report, CAST(reader, 'String') AS reader, follow_up
FROM report_delivery_store FINAL;

-- The seed stands here only once the week is over.
CREATE OR REPLACE VIEW spot_check_draw
(
    draw_id String COMMENT 'drawId of the events of its checks',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    block UInt32 COMMENT 'round of the rotation as the week began; in each a unit is called once',
    units UInt32 COMMENT 'units that could be drawn',
    slots UInt32 COMMENT 'checks drawn',
    commitment String COMMENT 'SHA-256 of seed and frame hash, published before the week',
    frame_hash String COMMENT 'SHA-256 of the frame',
    committed_at DateTime64(3, 'UTC') COMMENT 'when the commitment was made, UTC',
    seed String COMMENT 'empty until it is revealed, after the week',
    published String COMMENT 'the document that `bina spot-check verify` reads, JSON; it names units and no person'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT draw_id, week, block, units, slots, commitment, frame_hash, committed_at, seed, published
FROM spot_check_draw_store FINAL;

CREATE OR REPLACE VIEW coaching_effect
(
    kind String COMMENT 'what is asked about: unit, action or city',
    subject String COMMENT 'unit id, action code, or city',
    measure String COMMENT 'measure of which the weeks are compared',
    coached_units UInt32 COMMENT 'units coached that enter',
    compared_units UInt32 COMMENT 'units not yet coached that they are held against',
    weeks_before UInt16 COMMENT 'weeks before the first coaching',
    weeks_after UInt16 COMMENT 'weeks after it',
    effect Nullable(Float64) COMMENT 'points of 100 above what would have been without coaching; NULL when there is too little to work one out',
    lower80 Nullable(Float64) COMMENT 'lower end of the 80 % interval, points',
    upper80 Nullable(Float64) COMMENT 'upper end of the 80 % interval, points',
    conclusion String COMMENT 'higher, lower, none or cannot_be_concluded_yet',
    reason String COMMENT 'why nothing can be concluded, else empty',
    method String COMMENT 'segmented_regression or difference_in_differences, else empty',
    policy_version String COMMENT 'policy that made it',
    through_week Date COMMENT 'Monday of the last week read',
    as_of DateTime64(6, 'UTC') COMMENT 'server time of writing, UTC'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    CAST(kind, 'String') AS kind, subject, CAST(measure, 'String') AS measure, coached_units, compared_units, weeks_before, weeks_after,
    effect, lower80, upper80, CAST(conclusion, 'String') AS conclusion, CAST(reason, 'String') AS reason, CAST(method, 'String') AS method,
    CAST(policy_version, 'String') AS policy_version, through_week, as_of
FROM coaching_effect_store FINAL;

CREATE OR REPLACE VIEW dead_letter
(
    topic String COMMENT 'Kafka topic that it came from',
    partition UInt16 COMMENT 'Kafka partition that it came from',
    offset UInt64 COMMENT 'Kafka offset that it came from',
    at DateTime64(3, 'UTC') COMMENT 'when it came in, UTC',
    reason String COMMENT 'why it was set aside: a closed list, see the contract',
    detail String COMMENT 'where in the event and what was expected, without its values',
    key String COMMENT 'original key, raw bytes; gone after 30 days',
    headers String COMMENT 'original headers as JSON, values in base64; gone after 30 days',
    bytes String COMMENT 'original value, raw bytes; gone after 30 days'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
    CAST(topic, 'String') AS topic, partition, offset, at, CAST(reason, 'String') AS reason, detail, key, headers, bytes
FROM dead_letter_store FINAL;

-- Over the set of settled offsets: whatever is redelivered changes nothing here.
CREATE OR REPLACE VIEW ingest_balance
(
    topic String COMMENT 'Kafka topic',
    partition UInt16 COMMENT 'Kafka partition',
    first_offset UInt64 COMMENT 'first settled offset',
    last_offset UInt64 COMMENT 'last settled offset',
    received UInt64 COMMENT 'offsets settled',
    stored UInt64 COMMENT 'offsets whose event stands in events',
    duplicates UInt64 COMMENT 'offsets that repeat an event of another offset',
    dead_lettered UInt64 COMMENT 'offsets set aside as dead letters',
    missing UInt64 COMMENT 'offsets between first and last that nobody settled though they hold a message, or whose event is in no table: must be 0'
) DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
WITH empty_offset AS
(
    SELECT DISTINCT topic, partition, arrayJoin(range(first_offset, last_offset + 1)) AS offset FROM ingest_empty
)
SELECT CAST(b.topic, 'String') AS topic, b.partition AS partition, b.first_offset AS first_offset, b.last_offset AS last_offset,
    b.received AS received, b.stored AS stored, b.duplicates AS duplicates, b.dead_lettered AS dead_lettered,
    -- An offset may be empty though it was settled before: where the broker has compacted its message away meanwhile.
    toUInt64(last_offset - first_offset + 1 - received
        - (arrayCount(offset -> offset BETWEEN first_offset AND last_offset, w.offsets) - b.emptied)
        + b.in_no_table) AS missing
FROM
(
    SELECT topic, partition, min(o.offset) AS first_offset, max(o.offset) AS last_offset, count() AS received,
        countIf(o.outcome = 'event' AND e.found AND e.topic = o.topic AND e.partition = o.partition AND e.offset = o.offset) AS stored,
        countIf(o.outcome = 'event' AND e.found AND NOT (e.topic = o.topic AND e.partition = o.partition AND e.offset = o.offset)
            AND e.content_hash = o.content_hash) AS duplicates,
        countIf(o.outcome = 'dead_letter' OR (e.found AND e.content_hash != o.content_hash)) AS dead_lettered,
        countIf(o.outcome = 'event' AND NOT e.found) AS in_no_table,
        countIf(o.is_empty) AS emptied
    FROM
    (
        SELECT topic, partition, offset, outcome, identity_hash, content_hash,
            (topic, partition, offset) IN (SELECT topic, partition, offset FROM empty_offset) AS is_empty
        FROM ingest_offset FINAL
    ) AS o
    ANY LEFT JOIN
    (
        SELECT sipHash64(source, id) AS identity_hash, topic, partition, offset, content_hash, true AS found
        FROM event_store FINAL
    ) AS e ON e.identity_hash = o.identity_hash
    GROUP BY topic, partition
) AS b
LEFT JOIN
(
    SELECT topic, partition, groupArray(offset) AS offsets FROM empty_offset GROUP BY topic, partition
) AS w ON w.topic = b.topic AND w.partition = b.partition;
