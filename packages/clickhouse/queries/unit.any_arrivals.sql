-- Whether anything that unit.arrivals looks for came in after an instant, for whomever: mostly not, and then the rows folded since need not be
-- gone through.
SELECT 1
FROM
(
    SELECT precedence FROM revision
    UNION ALL
    SELECT precedence FROM entity_event WHERE (entity >= 'staff|' AND entity < 'staff}') OR (entity >= 'unit|' AND entity < 'unit}')
)
WHERE fromUnixTimestamp64Milli(toInt64(bitShiftRight(bitNot(precedence), 72)), 'UTC') > {since: DateTime64(6, 'UTC')}
LIMIT 1
