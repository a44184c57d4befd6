-- What nobody holds any more is deleted without reading what is still held.
CREATE INDEX lines_held ON lines (held_until);
