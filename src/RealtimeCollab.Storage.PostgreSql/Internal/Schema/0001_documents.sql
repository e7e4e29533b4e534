-- Revisions of a document never repeat, not even when it is deleted and created again.

CREATE TABLE realtimecollab.documents (
    number         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,   -- short name within this database
    document_id    text        COLLATE "C" NOT NULL UNIQUE,
    incarnation    text        NOT NULL,
    revision       bigint      NOT NULL,   -- the last one: what appends are compared with
    start_revision bigint      NOT NULL,
    horizon        bigint      NOT NULL,   -- operations up to here are gone or about to be
    content_type   smallint    NOT NULL,   -- 0 text, 1 rich text
    created_by     text        NOT NULL,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    deleted_at     timestamptz             -- set on a tombstone
) WITH (fillfactor = 60);                  -- a head moves with every commit: room for its next row version on the same page

CREATE TABLE realtimecollab.operations (
    document     bigint      NOT NULL,
    revision     bigint      NOT NULL,
    client_id    text        NOT NULL,
    user_id      text        NOT NULL,
    operation_id text        NOT NULL,
    committed_at timestamptz NOT NULL,
    operation    bytea       NOT NULL,     -- canonical JSON array, UTF-8; json types refuse U+0000
    PRIMARY KEY (document, revision)
);

CREATE TABLE realtimecollab.snapshots (
    document   bigint      NOT NULL,
    revision   bigint      NOT NULL,
    created_at timestamptz NOT NULL,
    content    bytea       NOT NULL,       -- JSON, UTF-8
    PRIMARY KEY (document, revision)
);

CREATE TABLE realtimecollab.versions (
    document   bigint      NOT NULL,
    version_id text        COLLATE "C" NOT NULL,
    revision   bigint      NOT NULL,
    name       text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (document, version_id)
);
