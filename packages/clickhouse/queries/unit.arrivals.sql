-- What came in for units since their scores stood, of the rows folded since: why a final score moved. Only what is graver than a late
-- event is looked for: withdrawals and corrections, which are few, and the directory's entries. So no fact's own events are read. When a
-- message came in stands in its precedence, turned round.
WITH
    {sinces: Array(DateTime64(6, 'UTC'))} AS sinces,
    folded AS
    (
        SELECT unit_id, concat('day|', person_key, '|', toString(work_date)) AS entity, 'day' AS of, toString(work_date) AS date, person_key
        FROM person_day_store
        WHERE unit_id IN {units: Array(String)} AND version > sinces[indexOf({units: Array(String)}, unit_id)]
        UNION ALL
        SELECT unit_id, concat('complaint|', complaint_id), 'complaint', '', ''
        FROM unit_complaint_store
        WHERE unit_id IN {units: Array(String)} AND version > sinces[indexOf({units: Array(String)}, unit_id)]
    ),
    directory AS
    (
        SELECT DISTINCT unit_id, concat('staff|', person_key) AS entity FROM folded WHERE of = 'day'
        UNION ALL
        SELECT arrayJoin({units: Array(String)}) AS unit_id, concat('unit|', unit_id)
    ),
    revised AS
    (
        SELECT source, arrayJoin(if(kind = 'withdraws', [target_id], [target_id, id])) AS revised_id,
            if(kind = 'withdraws', 'withdrawal', 'correction') AS kind,
            fromUnixTimestamp64Milli(toInt64(bitShiftRight(bitNot(precedence), 72)), 'UTC') AS came_in
        FROM revision
        WHERE came_in > arrayMin(sinces)
    )
SELECT known.unit_id AS unitId, known.of AS of, known.date AS date, told.kind AS kind,
    toString(toDateTime64(max(told.came_in), 6, 'UTC')) AS at
FROM
(
    SELECT events.entity AS entity, revised.kind AS kind, revised.came_in AS came_in
    FROM revised
    INNER JOIN
    (
        SELECT source, id, entity FROM event_store WHERE (source, id) IN (SELECT source, revised_id FROM revised)
    ) AS events ON events.source = revised.source AND events.id = revised.revised_id
    UNION ALL
    SELECT entity, 'late event', fromUnixTimestamp64Milli(toInt64(bitShiftRight(bitNot(precedence), 72)), 'UTC')
    FROM entity_event
    WHERE entity IN (SELECT entity FROM directory)
) AS told
INNER JOIN
(
    SELECT DISTINCT unit_id, entity, of, date FROM folded
    UNION ALL
    SELECT unit_id, entity, 'directory', '' FROM directory
) AS known ON known.entity = told.entity
WHERE told.came_in > sinces[indexOf({units: Array(String)}, known.unit_id)]
GROUP BY unitId, of, date, kind
