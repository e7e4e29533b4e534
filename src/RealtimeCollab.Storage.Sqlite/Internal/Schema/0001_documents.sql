-- Times are milliseconds since 1970, UTC. Revisions of a document never repeat, not even when it is deleted and created again.

CREATE TABLE documents (
    number         INTEGER PRIMARY KEY,       -- short name within this database
    document_id    TEXT    NOT NULL UNIQUE,
    incarnation    TEXT    NOT NULL,
    revision       INTEGER NOT NULL,          -- the last one: what appends are compared with
    start_revision INTEGER NOT NULL,
    horizon        INTEGER NOT NULL,          -- operations up to here are gone or about to be
    content_type   INTEGER NOT NULL,          -- 0 text, 1 rich text
    created_by     TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    deleted_at     INTEGER                    -- set on a tombstone
) STRICT;

-- one B-tree, in the order in which it is read
CREATE TABLE operations (
    document     INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    client_id    TEXT    NOT NULL,
    user_id      TEXT    NOT NULL,
    operation_id TEXT    NOT NULL,
    committed_at INTEGER NOT NULL,
    operation    BLOB    NOT NULL,            -- canonical JSON array, UTF-8
    PRIMARY KEY (document, revision)
) WITHOUT ROWID, STRICT;

CREATE TABLE snapshots (
    document   INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    content    BLOB    NOT NULL,              -- JSON, UTF-8
    UNIQUE (document, revision)
) STRICT;

CREATE TABLE versions (
    document   INTEGER NOT NULL,
    version_id TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    created_by TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (document, version_id)
) WITHOUT ROWID, STRICT;
