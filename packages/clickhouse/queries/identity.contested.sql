-- Identities of the events settled in a span that have more than one content, with the message that stands.
-- Without FINAL: a row that is there twice changes neither the extremes nor the earliest.
SELECT identity_hash, argMax((content_hash, topic, partition, offset), precedence) AS standing
FROM message_identity
WHERE identity_hash IN
(
    SELECT identity_hash
    FROM ingest_offset
    WHERE settled_at >= {from: DateTime64(3, 'UTC')} AND settled_at < {until: DateTime64(3, 'UTC')} AND outcome = 'event'
)
GROUP BY identity_hash
HAVING min(content_hash) != max(content_hash)
