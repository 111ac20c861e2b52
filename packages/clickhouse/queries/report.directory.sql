-- Every unit that the directory knows on a date, by the version that counts then.
SELECT unit_id AS unitId, name, unit_type AS unitType, head_role AS headRole, locale, report_emails AS reportEmails,
    parent_unit_id AS parentUnitId
FROM
(
    SELECT *
    FROM unit_version FINAL
    WHERE valid_from <= {date: Date}
    ORDER BY unit_id, valid_from DESC
    LIMIT 1 BY unit_id
)
WHERE valid_to IS NULL OR valid_to >= {date: Date}
ORDER BY unit_id
