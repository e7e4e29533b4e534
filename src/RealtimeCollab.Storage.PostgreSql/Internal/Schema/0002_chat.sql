-- Sequences and changes of a room never repeat, not even when its document is deleted and created again.

CREATE TABLE realtimecollab.rooms (
    number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,   -- short name within this database
    room_id     text        COLLATE "C" NOT NULL UNIQUE,   -- a document's id, or one that begins with ~
    incarnation text        NOT NULL,      -- the document's, or random
    kind        smallint    NOT NULL,      -- 0 document, 1 free, 2 direct
    name        text,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    sequence    bigint      NOT NULL,      -- of the last message
    change      bigint      NOT NULL       -- the last one: what appends are compared with
) WITH (fillfactor = 60);                  -- a room moves with every commit: room for its next row version on the same page

CREATE TABLE realtimecollab.messages (
    room              bigint      NOT NULL,
    sequence          bigint      NOT NULL,
    change            bigint      NOT NULL,   -- the last one of this message
    message_id        text        COLLATE "C" NOT NULL,
    client_message_id text        COLLATE "C" NOT NULL,
    sender_id         text        COLLATE "C" NOT NULL,
    sender_name       text        NOT NULL,
    content           text        NOT NULL,
    message_type      text        NOT NULL,
    mentions          text,                   -- JSON array of user ids
    reply_to          text,
    reactions         text,                   -- JSON array of objects with emoji and userIds
    sent_at           timestamptz NOT NULL,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    PRIMARY KEY (room, sequence),
    UNIQUE (room, message_id),
    UNIQUE (room, sender_id, client_message_id),
    UNIQUE (room, change)
);

CREATE TABLE realtimecollab.room_members (
    room      bigint   NOT NULL,
    user_id   text     COLLATE "C" NOT NULL,
    user_name text     NOT NULL,
    role      smallint NOT NULL,              -- 0 as the document says, 1 viewer, 2 commenter, 3 owner
    last_read bigint   NOT NULL,
    PRIMARY KEY (room, user_id)
);

CREATE INDEX room_members_by_user ON realtimecollab.room_members (user_id);

CREATE TABLE realtimecollab.notifications (
    user_id    text        COLLATE "C" NOT NULL,
    id         bigint      NOT NULL,          -- counted for each user
    type       text        NOT NULL,
    text       text,
    room       bigint,                        -- of a mention: the room and the message
    sequence   bigint,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);

CREATE INDEX notifications_by_message ON realtimecollab.notifications (room, sequence) WHERE room IS NOT NULL;

-- The last number that was given to a user. Its row is locked until the notification is committed, so that whoever has read up to a
-- number has read everything before it.
CREATE TABLE realtimecollab.notification_counters (
    user_id text   COLLATE "C" PRIMARY KEY,
    last_id bigint NOT NULL
) WITH (fillfactor = 60);
