-- The figures of units added up by area: membership (area, unit, first and last week) comes bound, what a unit adds is its own row, or
-- its part where areas count otherwise. Sums of whole numbers only, so that no order of rows changes a digit: S5 and S6 are 7560ths,
-- as in unit_week.count_service, and the weights of C1 millionths.
SELECT membership.1 AS areaId, toString(part_week) AS week, measure, window,
    sum(num) AS numerator, sum(den) AS denominator, sum(squared) AS squares
FROM
(
    SELECT unit_id, week AS part_week, figure.measure AS measure, figure.window AS window,
        if(measure IN ('S5', 'S6'), round(figure.numerator * 7560), figure.numerator) AS num, figure.denominator AS den, 0. AS squared
    FROM unit_week_figures_store FINAL
    ARRAY JOIN figure
    WHERE unit_id IN {members: Array(String)} AND scope = 'own' AND week BETWEEN {from: Date} AND {to: Date}
        AND measure NOT IN ('A1', 'A2', 'A3', 'C1', 'S1', 'S2', 'S4', 'K1', 'K2', 'K3')
    UNION ALL
    SELECT unit_id, week AS part_week, part.measure AS measure, part.window AS window, part.numerator AS num,
        part.denominator AS den, part.squares AS squared
    FROM unit_week_part_store FINAL
    ARRAY JOIN part
    WHERE unit_id IN {members: Array(String)} AND week BETWEEN {from: Date} AND {to: Date}
) AS part
INNER JOIN
(
    SELECT arrayJoin(arrayZip({areas: Array(String)}, {members: Array(String)}, {firsts: Array(Date)}, {lasts: Array(Date)})) AS membership,
        membership.2 AS unit_id
) AS place ON place.unit_id = part.unit_id
WHERE part_week BETWEEN membership.3 AND membership.4
GROUP BY areaId, week, measure, window
