-- Weeks of each unit's own figures, with the type that the directory gives it last.
SELECT m.unit_id AS unitId, toString(u.unit_type) AS unitType, measure, toString(m.week) AS week, numerator, denominator
FROM
(
    SELECT unit_id, figure.measure AS measure, week, figure.numerator AS numerator, figure.denominator AS denominator
    FROM unit_week_figures_store FINAL
    ARRAY JOIN figure
    WHERE scope = 'own' AND figure.window = 'W1' AND measure IN {measures: Array(String)}
        AND week BETWEEN {from: Date} AND {to: Date}
) AS m
INNER JOIN
(
    SELECT unit_id, argMax(unit_type, valid_from) AS unit_type
    FROM unit_version FINAL
    GROUP BY unit_id
) AS u ON u.unit_id = m.unit_id
ORDER BY unitId, measure, week
