-- Accepted jobs are listed by id from the index alone, because the rows are large.
DROP INDEX dispatches_accepted;
CREATE INDEX dispatches_accepted ON dispatches (closed_at DESC, id, status, replaced_by) WHERE status = 'Accepted' AND replaced_by IS NULL;
-- Nothing reads them: the log says why a lane was postponed.
ALTER TABLE lanes DROP COLUMN last_error;
ALTER TABLE keys DROP COLUMN made_at;
