-- Moved to unit_week_figures_store and unit_week_part_store.
DROP TABLE IF EXISTS unit_week_measure_store;

DROP TABLE IF EXISTS area_part_store;
