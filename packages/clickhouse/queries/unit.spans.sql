-- The first fact of each unit, and what the directory says of it.
SELECT unit_id AS unitId, nullIf(toString(min(first_fact)), '2149-06-06') AS firstFact,
    arraySort(groupArrayArray(directory)) AS versions
FROM
(
    SELECT unit_id, min(work_date) AS first_fact, CAST([], 'Array(Tuple(Date, Nullable(Date), String))') AS directory
    FROM person_day_store FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, toDate(min(arrayMin(arrayFilter(at -> at > toDateTime64(0, 3, 'UTC'), arrayConcat(
            [ifNull(received_at, toDateTime64('2149-06-06 00:00:00', 3, 'UTC'))], [ifNull(response_due_at, toDateTime64('2149-06-06 00:00:00', 3, 'UTC'))],
            [ifNull(resolution_due_at, toDateTime64('2149-06-06 00:00:00', 3, 'UTC'))], audit.closed_at, rating.at)))), {zone: String}) AS first_fact, [] AS directory
    FROM unit_complaint_store FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id

    UNION ALL

    SELECT unit_id, toDate('2149-06-06') AS first_fact, groupArray((valid_from, valid_to, toString(unit_type))) AS directory
    FROM unit_version FINAL
    WHERE unit_id IN {units: Array(String)}
    GROUP BY unit_id
)
GROUP BY unit_id
