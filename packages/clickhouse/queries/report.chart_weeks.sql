SELECT unit_id AS unitId, measure, toString(s.week) AS week, chart, value, centre, lower_limit AS lowerLimit, upper_limit AS upperLimit,
    rule, direction
FROM unit_week_signal_store AS s FINAL
WHERE unit_id IN {units: Array(String)} AND measure IN {measures: Array(String)} AND s.week BETWEEN {from: Date} AND {to: Date}
ORDER BY unit_id, measure, s.week
