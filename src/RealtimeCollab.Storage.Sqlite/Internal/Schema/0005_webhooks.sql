-- What applications are still to be told.

-- The first edit that no endpoint was told of: set by the first append after the last telling, so that the appends of a document that is being
-- edited cost no more.
ALTER TABLE documents ADD COLUMN changed_since INTEGER;

CREATE INDEX documents_changed ON documents (changed_since) WHERE changed_since IS NOT NULL;

-- one event for one endpoint
CREATE TABLE webhook_deliveries (
    number            INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again
    endpoint          TEXT    NOT NULL,
    event_id          TEXT    NOT NULL,
    type              INTEGER NOT NULL,          -- 0 created, 1 changed, 2 restored, 3 deleted, 4 mentioned
    occurred_at       INTEGER NOT NULL,
    subject_id        TEXT    NOT NULL,          -- the document; of a mention the room
    revision          INTEGER,
    restored_revision INTEGER,
    user_id           TEXT,
    mentioned_user_id TEXT,
    message_id        TEXT,
    sequence          INTEGER,
    attempts          INTEGER NOT NULL,          -- claims so far
    due_at            INTEGER NOT NULL,          -- of a claimed one, when the claim ends
    dead_at           INTEGER,                   -- set on a dead letter
    failure           TEXT,
    UNIQUE (event_id, endpoint)
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, due_at) WHERE dead_at IS NULL;
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (number) WHERE dead_at IS NOT NULL;
