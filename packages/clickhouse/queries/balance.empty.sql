-- Offsets of a range that hold no message and were not settled. An offset may be both: settled, and compacted away meanwhile.
SELECT count() AS offsets
FROM
(
    SELECT DISTINCT arrayJoin(range(greatest(first_offset, {first: UInt64}), least(last_offset + 1, {past: UInt64}))) AS offset
    FROM ingest_empty
    WHERE topic = {topic: String} AND partition = {partition: UInt16}
        AND first_offset < {past: UInt64} AND last_offset >= {first: UInt64}
)
WHERE offset NOT IN
(
    SELECT offset FROM ingest_offset
    WHERE topic = {topic: String} AND partition = {partition: UInt16}
        AND offset >= {first: UInt64} AND offset < {past: UInt64}
)
