-- Complaint by complaint what a unit's S1 to S6 of one week are added up from; the same as unit_week.count_service and unit_week.backlog
-- count it. `first` is the Monday with which the window of S1 to S3, S5 and S6 begins; S4 looks at an instant, its window at another.
SELECT complaint_id AS complaintId, fact.1 AS measure, fact.3 AS numerator, fact.4 AS denominator
FROM
(
    SELECT complaint_id, arrayJoin(arrayConcat(
        if(response_due_at IS NULL, [], [('S1', assumeNotNull(response_due_at), toFloat64(response_on_time), 1.)]),
        if(resolution_due_at IS NULL, [], [('S2', assumeNotNull(resolution_due_at), toFloat64(resolution_sustained), 1.)]),
        arrayMap((at, verified) -> ('S3', at, toFloat64(verified), 1.), audit.closed_at, audit.verified),
        arrayMap((at, answer) -> ('S5', at, answer, 1.), rating.at, rating.satisfaction),
        arrayMap((at, answer) -> ('S6', at, ifNull(answer, 0.), if(answer IS NULL, 0., 1.)), rating.at, rating.courtesy))) AS fact
    FROM unit_complaint_store FINAL
    WHERE unit_id = {unitId: String}
)
WHERE denominator > 0 AND toMonday(toDate(fact.2, {zone: String})) BETWEEN {first: Date} AND {week: Date}
UNION ALL
SELECT complaint_id AS complaintId, 'S4' AS measure, toFloat64(closed_then) AS numerator, 1. AS denominator
FROM
(
    SELECT complaint_id, held.1 AS from_at, held.2 AS to_at, held.3 AS own_due_at,
        fromUnixTimestamp64Milli({lookMs: Int64}, 'UTC') AS looked_at,
        fromUnixTimestamp64Milli({startMs: Int64}, 'UTC') AS window_start,
        arrayExists((closed_from, closed_to) -> closed_from < looked_at AND (closed_to IS NULL OR closed_to >= looked_at),
            closed_spans.1, closed_spans.2) AS closed_then
    FROM
    (
        SELECT complaint_id, backlog_span AS held, (closed.from_at, closed.to_at) AS closed_spans
        FROM unit_complaint_store FINAL
        ARRAY JOIN arrayZip(backlog.from_at, backlog.to_at, backlog.own_due_at) AS backlog_span
        WHERE unit_id = {unitId: String}
    )
)
WHERE from_at < looked_at AND (to_at IS NULL OR to_at >= looked_at)
    AND own_due_at < looked_at AND (own_due_at >= window_start OR NOT closed_then)
ORDER BY complaintId, measure
