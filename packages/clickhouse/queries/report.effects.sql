SELECT toString(kind) AS kind, subject, measure, conclusion, effect, lower80, upper80, coached_units AS coachedUnits, compared_units AS comparedUnits
FROM coaching_effect_store FINAL
WHERE kind = {kind: String} AND (empty({subjects: Array(String)}) OR subject IN {subjects: Array(String)})
    AND conclusion IN ('higher', 'lower', 'none') AND effect IS NOT NULL
ORDER BY subject, measure
