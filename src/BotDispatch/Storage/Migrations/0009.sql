-- Counters instead of negative numbers. A card that is to be drawn once more had a card_seq below zero.
ALTER TABLE threads ADD COLUMN redraw_requested bigint NOT NULL DEFAULT 0 CHECK (redraw_requested >= 0);
UPDATE threads SET redraw_requested = 1, card_seq = 0 WHERE card_seq < 0;
-- A lane that was woken by something that does not know the dispatch's version had a wanted_seq below zero; the lane 'line' counted in wanted_seq.
ALTER TABLE lanes ADD COLUMN wake_count bigint NOT NULL DEFAULT 0 CHECK (wake_count >= 0);
UPDATE lanes SET wake_count = 1, wanted_seq = 0 WHERE wanted_seq < 0 OR lane = 'line';
-- Nothing reads them: each call is in the dispatch's state and in its events, and the requester is in its plan.
DROP TABLE attempts;
ALTER TABLE dispatches DROP COLUMN asked_by;
