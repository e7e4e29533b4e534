-- Who may do what with a document. Whoever made one is its owner.

ALTER TABLE documents ADD COLUMN membership_version INTEGER NOT NULL DEFAULT 0;   -- moves with every change of the members

CREATE TABLE members (
    document INTEGER NOT NULL,
    user_id  TEXT    NOT NULL,
    role     INTEGER NOT NULL,             -- 0 none, 1 viewer, 2 commenter, 3 editor, 4 owner
    PRIMARY KEY (document, user_id)
) WITHOUT ROWID, STRICT;

INSERT INTO members SELECT number, created_by, 4 FROM documents WHERE deleted_at IS NULL;

CREATE TABLE share_links (
    document   INTEGER NOT NULL,
    link_id    TEXT    NOT NULL,
    token_hash TEXT    NOT NULL UNIQUE,    -- SHA-256 of the token, in hexadecimal
    role       INTEGER NOT NULL,
    created_by TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (document, link_id)
) WITHOUT ROWID, STRICT;
