-- Facts of one week each, then pooled over the windows that end with each wanted week.
-- W1 is the week itself (charts), R13 the service score's window, R26 its widening. A fact with an instant from which it counts (S8: thirty
-- days after the resolution) is seen only by weeks whose cut-off, or now where the week still runs, is not before it.
-- A respondent's mean of up to nine answers of three steps is a whole number of 7560ths (3 times the least common multiple of 1 to 9).
-- They are added up as such: a sum of fractions would differ in its last digit with the order in which the rows happen to lie.
-- One row of a unit and week with all its measures: (measure, window, numerator, denominator).
SELECT unit_id AS unitId, week, groupArray((measure, window, numerator, denominator)) AS counts
FROM
(
    SELECT unit_id, measure, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
        sum(num) / if(measure IN ('S5', 'S6'), 7560, 1) AS numerator, sum(den) AS denominator
    FROM
    (
        SELECT unit_id, fact.1 AS measure, toMonday(toDate(fact.2, {zone: String})) AS fact_week,
            if(fact.5 IS NULL, fact_week, toMonday(toDate(subtractMilliseconds(assumeNotNull(fact.5), 1), {zone: String}))) AS seen_from,
            sum(fact.3) AS num, sum(fact.4) AS den
        FROM
        (
            SELECT unit_id, arrayJoin(arrayConcat(
                if(response_due_at IS NULL, [], [('S1', assumeNotNull(response_due_at), toFloat64(response_on_time), 1., NULL)]),
                if(resolution_due_at IS NULL, [], [('S2', assumeNotNull(resolution_due_at), toFloat64(resolution_sustained), 1., NULL)]),
                arrayMap((at, verified) -> ('S3', at, toFloat64(verified), 1., NULL), audit.closed_at, audit.verified),
                arrayMap((at, answer) -> ('S5', at, round(answer * 7560), 1., NULL), rating.at, rating.satisfaction),
                arrayMap((at, answer) -> ('S6', at, round(ifNull(answer, 0.) * 7560), if(answer IS NULL, 0., 1.), NULL), rating.at, rating.courtesy),
                arrayMap((name, at, num, den, counts_from) -> (toString(name), at, toFloat64(num), toFloat64(den), counts_from),
                    fact.measure, fact.at, fact.numerator, fact.denominator, fact.counts_from))) AS fact
            FROM unit_complaint_store FINAL
            WHERE unit_id IN {units: Array(String)}
        )
        WHERE measure != 'S11' AND (fact.5 IS NULL OR fact.5 <= fromUnixTimestamp64Milli({now: Int64}, 'UTC'))
        GROUP BY unit_id, measure, fact_week, seen_from
    )
    ARRAY JOIN multiIf(
        measure IN ('B4', 'S8', 'S10'), [('W1', 1), ('R13', 13)],
        measure IN ('S9', 'S15'), [('R13', 13)],
        [('W1', 1), ('R13', 13), ('R26', 26)]) AS pooled
    -- The wanted weeks alone: from the first that sees the fact to the last whose window holds it.
    ARRAY JOIN range(
        toInt32(greatest(0, intDiv(toInt32(greatest({from: Date}, seen_from)) - toInt32(fact_week), 7))),
        toInt32(least(pooled.2, intDiv(toInt32({to: Date}) - toInt32(fact_week), 7) + 1))) AS shift
    GROUP BY unit_id, measure, window, week
    HAVING denominator > 0
)
GROUP BY unit_id, week
