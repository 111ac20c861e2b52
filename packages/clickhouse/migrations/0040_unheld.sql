-- What nobody was given, in roll-ups: with the unit complained about, and without one (unit_id empty) with the city alone.
ALTER TABLE unit_complaint_store
    ADD COLUMN IF NOT EXISTS `unheld.from_at` Array(DateTime64(3, 'UTC')) COMMENT 'nobody had been given it though it was due (S4 in roll-ups): from, UTC' AFTER due_at,
    ADD COLUMN IF NOT EXISTS `unheld.to_at` Array(Nullable(DateTime64(3, 'UTC'))) COMMENT 'until; NULL while it lasts, UTC' AFTER `unheld.from_at`;
