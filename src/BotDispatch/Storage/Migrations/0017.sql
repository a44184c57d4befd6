-- How often in a row the next note could not be written, and the last event that it had then. Each note has tries of its own, and an
-- acceptance has all of them, also if it becomes part of a note that was tried for long.
ALTER TABLE ticket_notes ADD COLUMN tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0);
ALTER TABLE ticket_notes ADD COLUMN tried_seq BIGINT NOT NULL DEFAULT 0 CHECK (tried_seq >= 0);
