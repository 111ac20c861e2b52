SELECT unit_id AS unitId, figure.measure AS measure, figure.window AS window, figure.numerator AS numerator,
    figure.denominator AS denominator, figure.estimate AS estimate, figure.lower80 AS lower80, figure.upper80 AS upper80
FROM unit_week_figures_store FINAL
ARRAY JOIN figure
WHERE unit_id IN {units: Array(String)} AND scope = {scope: String} AND week = {week: Date}
ORDER BY unit_id, measure, window
