-- Accepted jobs that are not done are listed: their rows are told apart by their status, and found without reading those that are done.
UPDATE dispatches SET status = 'Done' WHERE status = 'Accepted' AND state LIKE '%"isDone":true%';
CREATE INDEX dispatches_accepted ON dispatches (closed_at) WHERE status = 'Accepted' AND replaced_by IS NULL;
