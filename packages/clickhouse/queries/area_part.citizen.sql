-- S1 and S2 by the citizen's clock, which no reassignment moves: each complaint once, with the unit that answers for it at last.
-- Of complaints that are no unit's (unit_id empty) also their receipt, which has no unit's own row (S10).
SELECT unit_id AS unitId, measure, pooled.1 AS window, toString(addWeeks(fact_week, shift)) AS week,
    sum(num) AS numerator, sum(den) AS denominator, 0. AS squares
FROM
(
    SELECT unit_id, part.1 AS measure, toMonday(toDate(part.2, {zone: String})) AS fact_week, sum(part.3) AS num,
        toFloat64(count()) AS den
    FROM
    (
        SELECT unit_id, arrayJoin(arrayConcat(
            if(citizen_response_due_at IS NULL, [], [('S1', assumeNotNull(citizen_response_due_at), toFloat64(citizen_response_on_time))]),
            if(citizen_resolution_due_at IS NULL, [], [('S2', assumeNotNull(citizen_resolution_due_at), toFloat64(citizen_resolution_sustained))]),
            if(unit_id = '', arrayMap((name, at, num) -> (toString(name), at, toFloat64(num)), fact.measure, fact.at, fact.numerator), []))) AS part
        FROM unit_complaint_store FINAL
        WHERE unit_id IN {units: Array(String)}
    )
    WHERE measure IN ('S1', 'S2', 'S10')
    GROUP BY unit_id, measure, fact_week
)
ARRAY JOIN if(measure = 'S10', [('W1', 1), ('R13', 13)], [('W1', 1), ('R13', 13), ('R26', 26)]) AS pooled
ARRAY JOIN range(pooled.2) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, measure, window, week
