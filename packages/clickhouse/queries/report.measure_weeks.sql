-- One row a measure and window, its weeks as arrays: a row each would be most of what is sent.
SELECT unit_id AS unitId, measure, window, arrayMap(point -> toString(point.1), points) AS weeks,
    arrayMap(point -> point.2, points) AS numerators, arrayMap(point -> point.3, points) AS denominators,
    arrayMap(point -> point.4, points) AS estimates, arrayMap(point -> point.5, points) AS lower80s,
    arrayMap(point -> point.6, points) AS upper80s
FROM
(
    SELECT unit_id, figure.measure AS measure, figure.window AS window,
        arraySort(groupArray((week, figure.numerator, figure.denominator, figure.estimate, figure.lower80, figure.upper80))) AS points
    FROM unit_week_figures_store FINAL
    ARRAY JOIN figure
    WHERE unit_id IN {units: Array(String)} AND scope = {scope: String} AND week BETWEEN {from: Date} AND {to: Date}
        AND measure IN {measures: Array(String)} AND window IN {windows: Array(String)}
    GROUP BY unit_id, measure, window
)
ORDER BY unit_id, measure, window
