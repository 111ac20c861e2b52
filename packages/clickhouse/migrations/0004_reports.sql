CREATE TABLE IF NOT EXISTS report_run_store
(
    period Date COMMENT 'Monday of the reported week',
    run_id String COMMENT 'made from the period',
    state LowCardinality(String) COMMENT 'running, finished, finished_with_failures or held',
    started_at DateTime64(3, 'UTC') COMMENT 'UTC',
    finished_at Nullable(DateTime64(3, 'UTC')) COMMENT 'UTC, NULL while running',
    data_complete_until DateTime64(3, 'UTC') COMMENT 'every event stored by then is in the figures, UTC',
    units UInt32 COMMENT 'units that were to get a report',
    delivered UInt32 COMMENT 'mails that a mail server took',
    failed UInt32 COMMENT 'mails that no mail server took',
    suppressed UInt32 COMMENT 'mails held back on purpose, such as units without an address',
    cause String COMMENT 'why it was held or failed, empty when all is well',
    version DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'server time of writing'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (period, run_id);

CREATE TABLE IF NOT EXISTS report_delivery_store
(
    run_id String COMMENT 'run',
    unit_id String COMMENT 'unit that the report is about',
    recipient String COMMENT 'address',
    locale LowCardinality(String) COMMENT 'id or en',
    issue UInt16 COMMENT '0; each explicit resend one more',
    state LowCardinality(String) COMMENT 'queued, sent, failed or suppressed',
    attempts UInt16 COMMENT 'attempts begun; written before the mail leaves',
    message_id String COMMENT 'Message-ID, the same for each attempt',
    smtp_reply String COMMENT 'last answer of the mail server',
    updated_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (run_id, unit_id, recipient, locale, issue);
