-- That a step was done is often heard after the mail that would have told it: only what a mail told says what the next one has to.
ALTER TABLE report_snapshot_store
    ADD COLUMN IF NOT EXISTS told Array(String) COMMENT 'what it told as done, closed or decided: action|ID, finding|ID, objection|ID' AFTER overdue;

ALTER TABLE report_snapshot_store COMMENT COLUMN sent_at 'begin of the run that sent it: what came to be known later was not in it, UTC';
