-- Draws of random checks as they were published, and what can be said of coaching. Each table keeps the row written last.

CREATE TABLE IF NOT EXISTS spot_check_draw_store
(
    draw_id String COMMENT 'drawId of the events of its checks',
    week Date COMMENT 'Monday of the ISO week, city''s zone',
    block UInt32 COMMENT 'round of the rotation as the week began; in each a unit is called once',
    units UInt32 COMMENT 'units that could be drawn',
    slots UInt32 COMMENT 'checks drawn',
    commitment String COMMENT 'SHA-256 of seed and frame hash, published before the week',
    frame_hash String COMMENT 'SHA-256 of the frame',
    committed_at DateTime64(3, 'UTC') COMMENT 'when the commitment was made, UTC',
    seed String COMMENT 'empty until it is revealed',
    published String COMMENT 'the document to verify, JSON' CODEC(ZSTD(3)),
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (week, draw_id);

CREATE TABLE IF NOT EXISTS coaching_effect_store
(
    kind Enum8('unit' = 1, 'action' = 2, 'city' = 3) COMMENT 'what is asked about',
    subject String COMMENT 'unit id, action code, or city',
    measure LowCardinality(String) COMMENT 'measure of which the weeks are compared',
    coached_units UInt32 COMMENT 'units coached that enter',
    compared_units UInt32 COMMENT 'units not yet coached that they are held against',
    weeks_before UInt16 COMMENT 'weeks before the first coaching',
    weeks_after UInt16 COMMENT 'weeks after it',
    effect Nullable(Float64) COMMENT 'points of 100 above what would have been without coaching; NULL when there is too little to work one out',
    lower80 Nullable(Float64) COMMENT 'lower end of the 80 % interval, points',
    upper80 Nullable(Float64) COMMENT 'upper end of the 80 % interval, points',
    conclusion LowCardinality(String) COMMENT 'higher, lower, none or cannot_be_concluded_yet',
    reason LowCardinality(String) COMMENT 'why nothing can be concluded, else empty',
    method LowCardinality(String) COMMENT 'segmented_regression or difference_in_differences, else empty',
    policy_version LowCardinality(String) COMMENT 'policy that made it',
    through_week Date COMMENT 'Monday of the last week read',
    as_of DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing, UTC'
)
ENGINE = ReplacingMergeTree(as_of)
ORDER BY (kind, subject, measure);
