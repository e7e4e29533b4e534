-- What applications are still to be told.

-- The first edit that no endpoint was told of: set by the first append after the last telling. It is indexed, but as long as it stays the same
-- the appends of a document that is being edited stay on its page.
ALTER TABLE realtimecollab.documents ADD COLUMN changed_since timestamptz;

CREATE INDEX documents_changed ON realtimecollab.documents (changed_since) WHERE changed_since IS NOT NULL;

-- one event for one endpoint
CREATE TABLE realtimecollab.webhook_deliveries (
    number            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    endpoint          text        COLLATE "C" NOT NULL,
    event_id          text        COLLATE "C" NOT NULL,
    type              smallint    NOT NULL,    -- 0 created, 1 changed, 2 restored, 3 deleted, 4 mentioned
    occurred_at       timestamptz NOT NULL,
    subject_id        text        NOT NULL,    -- the document; of a mention the room
    revision          bigint,
    restored_revision bigint,
    user_id           text,
    mentioned_user_id text,
    message_id        text,
    sequence          bigint,
    attempts          integer     NOT NULL DEFAULT 0,   -- claims so far
    due_at            timestamptz NOT NULL,    -- of a claimed one, when the claim ends
    dead_at           timestamptz,             -- set on a dead letter
    failure           text,
    UNIQUE (event_id, endpoint)
);

CREATE INDEX webhook_deliveries_due ON realtimecollab.webhook_deliveries (endpoint, due_at) WHERE dead_at IS NULL;
CREATE INDEX webhook_deliveries_dead ON realtimecollab.webhook_deliveries (number) WHERE dead_at IS NOT NULL;
