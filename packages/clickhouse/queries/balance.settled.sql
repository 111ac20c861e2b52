-- What became of the offsets of some ranges, one of a partition, by partition and source; {ranges} stands for conditions that name them.
-- Offsets are read by their table's order. Identities are not: in a large store they cost what is asked for, in a small one all there is.
-- Of several messages with one identity the earliest stands; one that says something else is set aside.
WITH settled AS
(
    SELECT topic, partition, offset, outcome, identity_hash, content_hash, source
    FROM ingest_offset FINAL
    WHERE {ranges}
)
SELECT CAST(o.topic, 'String') AS topic, o.partition AS partition, CAST(o.source, 'String') AS source,
    countIf(o.outcome = 'event' AND e.found AND e.standing = (CAST(o.topic, 'String'), o.partition, o.offset)) AS stored,
    countIf(o.outcome = 'event' AND e.found AND e.standing != (CAST(o.topic, 'String'), o.partition, o.offset)
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
GROUP BY o.topic, o.partition, o.source
