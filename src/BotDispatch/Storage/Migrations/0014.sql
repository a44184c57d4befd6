-- What was written into the ticket of a dispatch, and how the ticket stood when it was last read. No row: nothing was written or read.
CREATE TABLE ticket_notes (
  dispatch TEXT NOT NULL PRIMARY KEY,
  -- The last event that a note in the ticket has.
  noted_seq BIGINT NOT NULL CHECK (noted_seq >= 0),
  -- The last event of the note that was being written. If its end is unknown, the ticket is read before the note is written again.
  noting_seq BIGINT NOT NULL CHECK (noting_seq >= 0),
  -- JSON; null before it was read.
  standing TEXT
);
-- Which node reads the tickets of a system, until when in real time.
CREATE TABLE ticket_readers (
  system TEXT NOT NULL PRIMARY KEY,
  node TEXT NOT NULL,
  until BIGINT NOT NULL
);
