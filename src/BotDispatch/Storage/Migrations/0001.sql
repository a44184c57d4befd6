CREATE TABLE dispatches (
  id text NOT NULL PRIMARY KEY,
  version bigint NOT NULL,
  status text NOT NULL,
  is_open bigint NOT NULL,
  ticket text NOT NULL,
  asked_by text NOT NULL,
  opened_at bigint NOT NULL,
  closed_at bigint,
  replaced_by text,
  plan text NOT NULL,
  state text NOT NULL
);
CREATE UNIQUE INDEX dispatches_one_open_per_ticket ON dispatches (ticket) WHERE is_open = 1;
CREATE INDEX dispatches_opened ON dispatches (opened_at);
CREATE INDEX dispatches_ticket ON dispatches (ticket, opened_at);
CREATE INDEX dispatches_replaced ON dispatches (replaced_by) WHERE replaced_by IS NOT NULL;

CREATE TABLE events (
  dispatch text NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  event text NOT NULL,
  PRIMARY KEY (dispatch, seq)
);

CREATE TABLE lanes (
  dispatch text NOT NULL,
  lane text NOT NULL,
  due_at bigint NOT NULL,
  not_before bigint NOT NULL,
  wanted_seq bigint NOT NULL,
  claimed_until bigint NOT NULL,
  claimed_by text,
  tries bigint NOT NULL,
  last_error text,
  PRIMARY KEY (dispatch, lane)
);
CREATE INDEX lanes_due ON lanes (due_at);

CREATE TABLE threads (
  dispatch text NOT NULL,
  n bigint NOT NULL,
  platform text NOT NULL,
  address text NOT NULL,
  root_message text,
  owns_card bigint NOT NULL,
  posting_seq bigint NOT NULL,
  posted_seq bigint NOT NULL,
  card_seq bigint NOT NULL,
  given_up text,
  PRIMARY KEY (dispatch, n)
);

CREATE TABLE attempts (
  dispatch text NOT NULL,
  callee bigint NOT NULL,
  number bigint NOT NULL,
  employee text NOT NULL,
  round bigint NOT NULL,
  placing_at bigint NOT NULL,
  answered_at bigint,
  ended_at bigint,
  tracking_id text,
  message_id text,
  status text NOT NULL,
  outcome text,
  evidence text NOT NULL,
  duration_ms bigint,
  price text,
  PRIMARY KEY (dispatch, callee, number)
);
CREATE INDEX attempts_employee ON attempts (employee, placing_at);

CREATE TABLE lines (
  phone text NOT NULL,
  holder text NOT NULL,
  dispatch text NOT NULL,
  attempt text NOT NULL,
  held_until bigint NOT NULL,
  is_accepted bigint NOT NULL,
  PRIMARY KEY (phone, holder)
);
CREATE INDEX lines_dispatch ON lines (dispatch);

CREATE TABLE line_waits (
  phone text NOT NULL,
  dispatch text NOT NULL,
  PRIMARY KEY (phone, dispatch)
);

CREATE TABLE keys (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE notes (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL
);
