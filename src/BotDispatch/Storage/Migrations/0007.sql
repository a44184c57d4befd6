CREATE INDEX dispatches_open ON dispatches (opened_at DESC, id) WHERE is_open = 1;
