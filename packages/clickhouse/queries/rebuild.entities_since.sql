-- What came in since a rebuild began, and what lost its identity since: the workers took it into the old tables. A minute earlier, for
-- rows that were on their way.
SELECT DISTINCT entity
FROM
(
    SELECT entity FROM event_store WHERE stored_at >= subtractMinutes({since: DateTime64(6, 'UTC')}, 1)
    UNION ALL
    SELECT entity FROM entity_event
    WHERE precedence IN
        (
            SELECT precedence FROM identity_conflict WHERE found_at >= subtractMinutes({since: DateTime64(6, 'UTC')}, 1)
        )
)
WHERE entity != 'withdrawal'
