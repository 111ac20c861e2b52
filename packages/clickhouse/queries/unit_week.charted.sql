-- The single weeks of each charted measure, in order: the unit's own, and those of its area for what is counted by residents (S12).
-- Of a chart whose first points, on which its limits rest, lie before the asked weeks: these, the asked ones, and so many on either side.
-- Days are counted from 1970 on, since a date as text would be most of the answer.
WITH if(length(points) < {baseline: UInt32}, toDate('2149-06-05'), points[{baseline: UInt32}].1) AS baseline_until,
    arrayCount(point -> point.1 < {from: Date}, points) AS before,
    arrayCount(point -> point.1 <= {to: Date}, points) AS until,
    baseline_until >= {from: Date} OR before < {baseline: UInt32} + {around: UInt32}
        OR has({wholeMeasures: Array(String)}, measure) OR has({wholeUnits: Array(String)}, unit_id) AS is_whole,
    if(is_whole, points, arrayConcat(
        arraySlice(points, 1, {baseline: UInt32}),
        arraySlice(points, before - {around: UInt32} + 1, until - before + 2 * {around: UInt32}))) AS kept
SELECT unit_id AS unitId, measure, arrayMap(point -> toUInt16(point.1), kept) AS days,
    arrayMap(point -> point.2, kept) AS numerators, arrayMap(point -> point.3, kept) AS denominators
FROM
(
    SELECT unit_id, figure.measure AS measure, arraySort(groupArray((week, figure.numerator, figure.denominator))) AS points
    FROM unit_week_figures_store FINAL
    ARRAY JOIN figure
    WHERE unit_id IN {units: Array(String)} AND figure.window = 'W1'
        AND measure IN {measures: Array(String)} AND scope = if(measure = 'S12', 'area', 'own')
    GROUP BY unit_id, measure
)
ORDER BY unit_id, measure
