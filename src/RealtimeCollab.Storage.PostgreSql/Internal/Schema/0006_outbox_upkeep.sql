-- Whoever looks after the outbox reads indexes and no rows, every half minute.

-- what waits, with the age of the oldest
DROP INDEX realtimecollab.webhook_deliveries_due;
CREATE INDEX webhook_deliveries_due ON realtimecollab.webhook_deliveries (endpoint, due_at, occurred_at) WHERE dead_at IS NULL;

-- which dead letters have been kept for long enough, and how many there are
CREATE INDEX webhook_deliveries_died ON realtimecollab.webhook_deliveries (dead_at, endpoint) WHERE dead_at IS NOT NULL;
