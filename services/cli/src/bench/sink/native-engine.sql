-- ClickHouse's own way from Kafka to a table, to which `bench sink` compares: a Kafka engine table and a view over it that extracts what the
-- sink extracts, into a table with the columns, codecs and order of event_store. It neither validates nor sets aside, keeps no balance and
-- lays events by identity alone. Tuned on two cores: two consumers with a thread each; smaller and larger blocks were slower.

CREATE TABLE native_event AS event_store;

CREATE TABLE native_queue
(
    id String,
    source String,
    type String,
    subject String,
    time DateTime64(3, 'UTC'),
    supersedes String,
    data String
)
ENGINE = Kafka
SETTINGS kafka_broker_list = '{{brokers}}',
    kafka_topic_list = '{{topics}}',
    kafka_group_name = '{{group}}',
    kafka_format = 'JSONEachRow',
    kafka_num_consumers = 2,
    kafka_thread_per_consumer = 1,
    kafka_max_block_size = 500000,
    kafka_poll_max_batch_size = 500000,
    kafka_flush_interval_ms = 2000,
    date_time_input_format = 'best_effort',
    input_format_json_read_objects_as_strings = 1,
    input_format_skip_unknown_fields = 1;

-- From here on it runs, and is timed.
CREATE MATERIALIZED VIEW native_view TO native_event AS
WITH JSONExtract(data, 'Tuple(unitId String, complaintId String, personKey String, workDate String, withdrawnId String)') AS said,
    substring(_topic, {{prefixLength}} + 1) AS topic_name
SELECT source, id, type, subject, time AS occurred_at, assumeNotNull(_timestamp_ms) AS ingested_at, ingested_at AS record_at,
    topic_name AS topic, _partition AS partition, _offset AS offset, said.unitId AS unit_id,
    multiIf(type IN ('bina.attendance.recorded.v1', 'bina.attendance.status-set.v1'), concat('day|', said.personKey, '|', said.workDate),
        type = 'bina.attendance.spot-checked.v1', concat('day|', said.personKey, '|', toString(toDate(time, '{{zone}}'))),
        startsWith(type, 'bina.complaint.') OR startsWith(type, 'bina.resolution.'), concat('complaint|', said.complaintId),
        startsWith(type, 'bina.coaching.'), concat('coaching|', said.unitId),
        type = 'bina.directory.unit.v1', concat('unit|', said.unitId),
        type = 'bina.directory.staff.v1', concat('staff|', said.personKey),
        'withdrawal') AS entity,
    supersedes, said.withdrawnId AS withdraws, data, sipHash64(source, id, type, subject, time, data) AS content_hash,
    bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(record_at)), 72),
        bitShiftLeft(toUInt128(indexOf({{ranks}}, topic_name) - 1), 64)),
        bitOr(bitShiftLeft(toUInt128(_partition), 48), toUInt128(_offset)))) AS precedence
FROM native_queue;
