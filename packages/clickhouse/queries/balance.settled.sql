-- What became of the offsets of one partition, by source. Read by the order of two tables that one insert fills, so that it costs
-- what the range holds. Of several messages with one identity the earliest stands; one that says something else is set aside.
WITH settled AS
(
    SELECT offset, outcome, identity_hash, content_hash, source
    FROM ingest_offset FINAL
    WHERE topic = {topic: String} AND partition = {partition: UInt16}
        AND offset >= {first: UInt64} AND offset < {past: UInt64}
)
SELECT CAST(o.source, 'String') AS source,
    countIf(o.outcome = 'event' AND e.found AND e.standing = (toString({topic: String}), toUInt16({partition: UInt16}), o.offset)) AS stored,
    countIf(o.outcome = 'event' AND e.found AND e.standing != (toString({topic: String}), toUInt16({partition: UInt16}), o.offset)
        AND e.standing_hash = o.content_hash) AS duplicates,
    countIf(o.outcome = 'dead_letter' OR (e.found AND e.standing_hash != o.content_hash)) AS deadLettered,
    countIf(o.outcome = 'event' AND NOT e.found) AS inNoTable
FROM settled AS o
ANY LEFT JOIN
(
    SELECT identity_hash, argMax((toString(topic), partition, offset), precedence) AS standing,
        argMax(content_hash, precedence) AS standing_hash, true AS found
    FROM message_identity
    WHERE identity_hash IN (SELECT identity_hash FROM settled WHERE outcome = 'event')
    GROUP BY identity_hash
) AS e ON e.identity_hash = o.identity_hash
GROUP BY source
