-- The first fact of each unit (a person-day, a due that has come, an audited closure, a rating, a receipt, coaching), and the first week for
-- which a score of it stands.
SELECT unit_id AS unitId, toString(min(first_fact)) AS firstFact, toString(min(scored_from)) AS scoredFrom
FROM
(
    SELECT unit_id, toNullable(min(work_date)) AS first_fact, CAST(NULL, 'Nullable(Date)') AS scored_from
    FROM person_day_store FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, toDate(min(fact_at), {zone: String}) AS first_fact, NULL AS scored_from
    FROM
    (
        SELECT unit_id, arrayJoin(arrayConcat(
            if(response_due_at IS NULL, [], [assumeNotNull(response_due_at)]),
            if(resolution_due_at IS NULL, [], [assumeNotNull(resolution_due_at)]),
            arrayFilter(due -> due < fromUnixTimestamp64Milli({now: Int64}, 'UTC'), backlog.own_due_at),
            audit.closed_at, rating.at,
            arrayFilter((at, measure, counts_from) -> measure != 'S11' AND ifNull(counts_from <= fromUnixTimestamp64Milli({now: Int64}, 'UTC'), 1),
                fact.at, fact.measure, fact.counts_from))) AS fact_at
        FROM unit_complaint_store FINAL
        WHERE unit_id IN {units: Array(String)}
    )
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, min(fact.on) AS first_fact, NULL AS scored_from
    FROM coaching_item_store FINAL
    ARRAY JOIN fact
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, NULL AS first_fact, min(week) AS scored_from
    FROM unit_week_score_store FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id
)
GROUP BY unit_id
