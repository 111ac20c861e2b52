-- What the directory says of units, and whether a score of a week stands: who is scored in it has begun before the weeks that follow.
SELECT unit_id AS unitId, arraySort(groupArrayArray(directory)) AS versions, sum(scores) AS scored
FROM
(
    SELECT unit_id, groupArray((valid_from, valid_to, toString(unit_type))) AS directory, 0 AS scores
    FROM unit_version FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, [] AS directory, count() AS scores
    FROM unit_week_score_store FINAL
    WHERE unit_id IN {units: Array(String)} AND week = {weekBefore: Date}
    GROUP BY unit_id
)
GROUP BY unit_id
