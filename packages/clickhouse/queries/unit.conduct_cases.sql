-- S11: the receipt date of each verified complaint about rude, convoluted or obstructive treatment that no coordinator has excluded, in
-- order: two on one day are there twice. Units without one have no row.
SELECT unit_id AS unitId, arraySort(groupArray(toString(toDate(fact_at, {zone: String})))) AS dates
FROM
(
    SELECT unit_id, arrayJoin(arrayFilter((at, measure) -> measure = 'S11', fact.at, fact.measure)) AS fact_at
    FROM unit_complaint_store FINAL
    WHERE unit_id IN {units: Array(String)}
)
GROUP BY unit_id
ORDER BY unit_id
