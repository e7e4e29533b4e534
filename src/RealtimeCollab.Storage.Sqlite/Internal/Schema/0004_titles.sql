ALTER TABLE documents ADD COLUMN title TEXT;   -- what people call it

-- the documents of a user
CREATE INDEX members_by_user ON members (user_id);
