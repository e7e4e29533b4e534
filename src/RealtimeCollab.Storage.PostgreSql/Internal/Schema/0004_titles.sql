ALTER TABLE realtimecollab.documents ADD COLUMN title text;   -- what people call it

-- the documents of a user
CREATE INDEX members_by_user ON realtimecollab.members (user_id);
