-- S4 looks at a cut-off: what the unit held then and was due by then, of the last 52 weeks, or older and still open.
-- The running week has no cut-off yet, so it looks at now. Due by the unit's own clock, or by the citizen's, as areas count it:
-- then also what nobody had been given, with the unit complained about.
SELECT unit_id AS unitId, 'S4' AS measure, 'R52' AS window, week,
    toFloat64(countIf(closed_then)) AS numerator, toFloat64(count()) AS denominator
FROM
(
    SELECT unit_id, look.1 AS week,
        fromUnixTimestamp64Milli(look.2, 'UTC') AS looked_at,
        fromUnixTimestamp64Milli(look.3, 'UTC') AS window_start,
        arrayExists((closed_from, closed_to) -> closed_from < looked_at AND (closed_to IS NULL OR closed_to >= looked_at),
            closed_spans.1, closed_spans.2) AS closed_then,
        held.3 AS own_due_at
    FROM
    (
        SELECT unit_id, backlog_span AS held, (closed.from_at, closed.to_at) AS closed_spans
        FROM unit_complaint_store FINAL
        ARRAY JOIN if({clock: String} = 'citizen',
            arrayConcat(
                arrayZip(backlog.from_at, backlog.to_at, arrayMap(own -> ifNull(due_at, own), backlog.own_due_at)),
                arrayMap((unheld_from, unheld_to) -> (unheld_from, unheld_to, assumeNotNull(due_at)), unheld.from_at, unheld.to_at)),
            arrayZip(backlog.from_at, backlog.to_at, backlog.own_due_at)) AS backlog_span
        WHERE unit_id IN {units: Array(String)}
    )
    ARRAY JOIN arrayZip({weeks: Array(String)}, {looks: Array(Int64)}, {starts: Array(Int64)}) AS look
    WHERE held.1 < looked_at AND (held.2 IS NULL OR held.2 >= looked_at)
        AND own_due_at < looked_at AND (own_due_at >= window_start OR NOT closed_then)
)
GROUP BY unit_id, week
