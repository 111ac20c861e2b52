-- The weekly reports look at all units of the last half year, and these tables lie unit by unit: parted by years, what is older is not
-- opened, however much there is of it. A year and not a quarter, since one unit's whole history is read as well, for its charts.
CREATE TABLE IF NOT EXISTS unit_week_figures_parted AS unit_week_figures_store
ENGINE = ReplacingMergeTree(as_of, is_deleted)
PARTITION BY toYear(week)
ORDER BY (unit_id, scope, week)
SETTINGS index_granularity = 256;

INSERT INTO unit_week_figures_parted SELECT * FROM unit_week_figures_store;

EXCHANGE TABLES unit_week_figures_parted AND unit_week_figures_store;

DROP TABLE unit_week_figures_parted;

CREATE TABLE IF NOT EXISTS unit_week_score_parted AS unit_week_score_store
ENGINE = ReplacingMergeTree(as_of, is_deleted)
PARTITION BY toYear(week)
ORDER BY (unit_id, week, score)
SETTINGS index_granularity = 1024;

INSERT INTO unit_week_score_parted SELECT * FROM unit_week_score_store;

EXCHANGE TABLES unit_week_score_parted AND unit_week_score_store;

DROP TABLE unit_week_score_parted;

CREATE TABLE IF NOT EXISTS final_score_parted AS final_score_store
ENGINE = ReplacingMergeTree(at)
PARTITION BY toYear(week)
ORDER BY (unit_id, week, score, issue)
SETTINGS index_granularity = 1024;

INSERT INTO final_score_parted SELECT * FROM final_score_store;

EXCHANGE TABLES final_score_parted AND final_score_store;

DROP TABLE final_score_parted;
