-- Who gets reports beside the addresses of the directory. Nothing is sent to them before they confirmed.
CREATE TABLE IF NOT EXISTS report_recipient_store
(
    report LowCardinality(String) COMMENT 'empty: the unit''s own; area, city or integrity',
    unit_id String COMMENT 'unit that the report is about',
    recipient String COMMENT 'address, in small letters',
    locale LowCardinality(String) COMMENT 'id or en, of the mail that asks for the confirmation',
    role String COMMENT 'the post that reads it, never a name',
    asked_at DateTime64(3, 'UTC') COMMENT 'when it was added; a confirmation from before it does not count, UTC',
    is_removed UInt8 COMMENT '1: an operator took it away',
    updated_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (report, unit_id, recipient);

-- What readers decided by a signed link: the link names the mailbox by its digest, so that no address stands in it.
CREATE TABLE IF NOT EXISTS report_choice_store
(
    recipient_digest String COMMENT 'digest of the address',
    unit_id String COMMENT 'unit that the report is about',
    report LowCardinality(String) COMMENT 'empty: the unit''s own; area, city or integrity',
    choice LowCardinality(String) COMMENT 'confirmed or unsubscribed',
    at DateTime64(3, 'UTC') COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (recipient_digest, unit_id, report);

-- Mailboxes that a mail server said are not there.
CREATE TABLE IF NOT EXISTS report_suppression_store
(
    recipient String COMMENT 'address, in small letters',
    run_id String COMMENT 'run in which it came up, empty when an operator told',
    reason String COMMENT 'what the mail server said',
    is_lifted UInt8 COMMENT '1: mail is sent again',
    updated_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY recipient;

-- What an operator decided about a week's run; of two decisions the later stands.
CREATE TABLE IF NOT EXISTS report_control_store
(
    period Date COMMENT 'Monday of the reported week',
    control LowCardinality(String) COMMENT 'paused or approved',
    is_set UInt8 COMMENT '1: yes',
    updated_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (period, control);

-- Notices that the operator has, so that a run which is tried every ten minutes tells each thing once.
CREATE TABLE IF NOT EXISTS report_notice_store
(
    run_id String COMMENT 'run',
    matter LowCardinality(String) COMMENT 'what it is about, such as behind or paused',
    updated_at DateTime64(6, 'UTC') DEFAULT now64(6) COMMENT 'UTC'
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (run_id, matter);
