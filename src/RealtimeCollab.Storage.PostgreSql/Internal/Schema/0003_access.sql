-- Who may do what with a document. Whoever made one is its owner.

ALTER TABLE realtimecollab.documents ADD COLUMN membership_version bigint NOT NULL DEFAULT 0;   -- moves with every change of the members

CREATE TABLE realtimecollab.members (
    document bigint   NOT NULL,
    user_id  text     COLLATE "C" NOT NULL,
    role     smallint NOT NULL,            -- 0 none, 1 viewer, 2 commenter, 3 editor, 4 owner
    PRIMARY KEY (document, user_id)
);

INSERT INTO realtimecollab.members SELECT number, created_by, 4 FROM realtimecollab.documents WHERE deleted_at IS NULL;

CREATE TABLE realtimecollab.share_links (
    document   bigint      NOT NULL,
    link_id    text        COLLATE "C" NOT NULL,
    token_hash text        COLLATE "C" NOT NULL UNIQUE,   -- SHA-256 of the token, in hexadecimal
    role       smallint    NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (document, link_id)
);
