-- Whoever looks after the outbox reads indexes and no rows: every half minute, and beside the one writer.

-- what waits, with the age of the oldest; dead_at is null throughout, and makes the index answer alone
DROP INDEX webhook_deliveries_due;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, due_at, occurred_at, dead_at) WHERE dead_at IS NULL;

-- which dead letters have been kept for long enough, and how many there are
CREATE INDEX webhook_deliveries_died ON webhook_deliveries (dead_at, endpoint) WHERE dead_at IS NOT NULL;
