-- What came in for a unit after an instant, of the rows folded since: why one of its final scores moved. When a message came in stands in
-- its precedence, turned round.
WITH
    folded AS
    (
        SELECT concat('day|', person_key, '|', toString(work_date)) AS entity, 'day' AS of, toString(work_date) AS date, person_key
        FROM person_day_store
        WHERE unit_id = {unit: String} AND version > {since: DateTime64(6, 'UTC')}
        UNION ALL
        SELECT concat('complaint|', complaint_id), 'complaint', '', ''
        FROM unit_complaint_store
        WHERE unit_id = {unit: String} AND version > {since: DateTime64(6, 'UTC')}
    ),
    known AS
    (
        SELECT DISTINCT entity, of, date FROM folded
        UNION ALL
        SELECT DISTINCT concat('staff|', person_key), 'directory', '' FROM folded WHERE of = 'day'
        UNION ALL
        SELECT concat('unit|', {unit: String}), 'directory', ''
    ),
    told AS
    (
        SELECT entity, source, id, if(supersedes = '', 'late event', 'correction') AS kind, precedence
        FROM entity_event
        WHERE entity IN (SELECT entity FROM known)
    ),
    revised AS
    (
        SELECT t.entity AS entity, if(r.kind = 'withdraws', 'withdrawal', 'correction') AS kind, r.precedence AS precedence
        FROM revision AS r
        INNER JOIN (SELECT DISTINCT entity, source, id FROM told) AS t ON t.source = r.source AND t.id = r.target_id
        WHERE (r.source, r.target_id) IN (SELECT source, id FROM told)
    )
SELECT k.of AS of, k.date AS date, a.kind AS kind, toString(toDateTime64(max(a.came_in), 6, 'UTC')) AS at
FROM
(
    SELECT entity, kind,
        fromUnixTimestamp64Milli(toInt64(bitShiftRight(bitNot(precedence), 72)), 'UTC') AS came_in
    FROM (SELECT entity, kind, precedence FROM told UNION ALL SELECT entity, kind, precedence FROM revised)
) AS a
INNER JOIN known AS k ON k.entity = a.entity
WHERE a.came_in > {since: DateTime64(6, 'UTC')}
GROUP BY of, date, kind
