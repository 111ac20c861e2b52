-- Facts of one week each, then pooled over the thirteen weeks that end with each wanted week. K2 is a number of actions a week.
-- A coach's figures hold what it coached elsewhere; areas leave that out, since it is there with the unit that was coached.
SELECT unit_id AS unitId, measure, 'R13' AS window, toString(addWeeks(fact_week, shift)) AS week,
    sum(num) AS numerator, if(measure = 'K2', 13., sum(den)) AS denominator
FROM
(
    SELECT unit_id, fact.measure AS measure, toMonday(fact.on) AS fact_week,
        sum(toFloat64(fact.numerator)) AS num, sum(toFloat64(fact.denominator)) AS den
    FROM coaching_item_store FINAL
    ARRAY JOIN fact
    WHERE unit_id IN {units: Array(String)} AND ({asCoach: Bool} OR unit_id = about_unit_id)
        AND fact.on >= addWeeks({from: Date}, -12) AND fact.on < addWeeks({to: Date}, 1)
    GROUP BY unit_id, measure, fact_week
)
ARRAY JOIN range(13) AS shift
WHERE addWeeks(fact_week, shift) BETWEEN {from: Date} AND {to: Date}
GROUP BY unit_id, measure, week
HAVING denominator > 0
