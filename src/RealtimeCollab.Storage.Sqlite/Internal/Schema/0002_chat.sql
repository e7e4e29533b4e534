-- Sequences and changes of a room never repeat, not even when its document is deleted and created again.

CREATE TABLE rooms (
    number      INTEGER PRIMARY KEY,       -- short name within this database
    room_id     TEXT    NOT NULL UNIQUE,   -- a document's id, or one that begins with ~
    incarnation TEXT    NOT NULL,          -- the document's, or random
    kind        INTEGER NOT NULL,          -- 0 document, 1 free, 2 direct
    name        TEXT,
    created_by  TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,          -- of the last message
    change      INTEGER NOT NULL           -- the last one: what appends are compared with
) STRICT;

CREATE TABLE messages (
    room              INTEGER NOT NULL,
    sequence          INTEGER NOT NULL,
    change            INTEGER NOT NULL,    -- the last one of this message
    message_id        TEXT    NOT NULL,
    client_message_id TEXT    NOT NULL,
    sender_id         TEXT    NOT NULL,
    sender_name       TEXT    NOT NULL,
    content           TEXT    NOT NULL,
    message_type      TEXT    NOT NULL,
    mentions          TEXT,                -- JSON array of user ids
    reply_to          TEXT,
    reactions         TEXT,                -- JSON array of objects with emoji and userIds
    sent_at           INTEGER NOT NULL,
    edited_at         INTEGER,
    deleted_at        INTEGER,
    PRIMARY KEY (room, sequence)
) WITHOUT ROWID, STRICT;

CREATE UNIQUE INDEX messages_by_id ON messages (room, message_id);
CREATE UNIQUE INDEX messages_by_sender ON messages (room, sender_id, client_message_id);
CREATE UNIQUE INDEX messages_by_change ON messages (room, change);

CREATE TABLE room_members (
    room      INTEGER NOT NULL,
    user_id   TEXT    NOT NULL,
    user_name TEXT    NOT NULL,
    role      INTEGER NOT NULL,            -- 0 as the document says, 1 viewer, 2 commenter, 3 owner
    last_read INTEGER NOT NULL,
    PRIMARY KEY (room, user_id)
) WITHOUT ROWID, STRICT;

CREATE INDEX room_members_by_user ON room_members (user_id);

CREATE TABLE notifications (
    user_id    TEXT    NOT NULL,
    id         INTEGER NOT NULL,           -- counted for each user
    type       TEXT    NOT NULL,
    text       TEXT,
    room       INTEGER,                    -- of a mention: the room and the message
    sequence   INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, id)
) WITHOUT ROWID, STRICT;

CREATE INDEX notifications_by_message ON notifications (room, sequence) WHERE room IS NOT NULL;

-- the last number that was given to a user
CREATE TABLE notification_counters (
    user_id TEXT    PRIMARY KEY,
    last_id INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
