-- A superior may end the copies of all units at once: that choice names no report of one unit.
ALTER TABLE report_choice_store COMMENT COLUMN report 'empty: the unit''s own; area, city or integrity; copies: those of all units below';
