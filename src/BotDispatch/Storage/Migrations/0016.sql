-- Ids of dispatches are random, so a key that begins with one touches a page of its own for every dispatch of a commit. In this key
-- dispatches that were opened one after the other stand side by side. What is stored already stays where it is, however much that is, and is
-- read there. No table is called events any more, so a process of an earlier version that still runs fails when it reads, instead of taking
-- what it finds for all there is.
ALTER TABLE events RENAME TO earlier_events;
CREATE TABLE dispatch_events (
  opened_at bigint NOT NULL,
  dispatch text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  event text NOT NULL,
  PRIMARY KEY (opened_at, dispatch, seq)
);
