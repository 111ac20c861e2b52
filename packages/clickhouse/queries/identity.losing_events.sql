-- What the tables know of single messages. It reads a column of all that is stored: for messages that Kafka has no longer.
SELECT toString(precedence) AS message, any(source) AS source, any(id) AS id,
    groupUniqArrayIf(entity, entity != '') AS entities, groupUniqArrayIf(target_id, target_id != '') AS targetIds
FROM
(
    SELECT precedence, source, id, entity, '' AS target_id
    FROM entity_event
    UNION ALL
    SELECT precedence, source, id, '' AS entity, target_id
    FROM revision
)
WHERE precedence IN (SELECT toUInt128(arrayJoin({messages: Array(String)})))
GROUP BY precedence
