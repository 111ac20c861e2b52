-- What is still to change stands until it was folded anew: after a standstill of more than a week the due instants of complaints that
-- nobody answered were gone, and with them the failures that they are. Only what is settled goes after seven days; should it go before
-- the row that it settles, its entity is folded once more, which changes nothing.
ALTER TABLE pending_change MODIFY TTL toDateTime(change_at) + INTERVAL 7 DAY DELETE WHERE is_deleted = 1;
