-- The single weeks of each charted measure, in order: the unit's own, and those of its area for what is counted by residents (S12).
SELECT unit_id AS unitId, measure, arraySort(groupArray((toString(m.week), numerator, denominator))) AS weeks
FROM unit_week_measure_store AS m FINAL
WHERE unit_id IN {units: Array(String)} AND window = 'W1' AND denominator > 0
    AND measure IN {measures: Array(String)} AND scope = if(measure = 'S12', 'area', 'own')
GROUP BY unit_id, measure
ORDER BY unit_id, measure
