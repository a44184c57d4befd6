-- One dispatch for one alert, or for several that a route groups. wanted is 1 for a dispatch that must be started and 2 for one that must be
-- stopped; a row is worked on while settled is less.
CREATE TABLE alert_groups (
  dispatch text NOT NULL PRIMARY KEY,
  group_key text NOT NULL,
  job text NOT NULL,
  resolved_at bigint,
  resolved_because text,
  wanted bigint NOT NULL CHECK (wanted IN (1, 2)),
  settled bigint NOT NULL CHECK (settled IN (0, 1, 2)),
  tries bigint NOT NULL CHECK (tries >= 0),
  due_at bigint NOT NULL
);
CREATE UNIQUE INDEX alert_groups_open ON alert_groups (group_key) WHERE resolved_at IS NULL;
CREATE INDEX alert_groups_due ON alert_groups (due_at) WHERE settled < wanted;
CREATE INDEX alert_groups_resolved ON alert_groups (resolved_at) WHERE resolved_at IS NOT NULL;

-- An alert by its fingerprint. starts_at is the latest beginning that was announced; null if its sender does not say.
CREATE TABLE alerts (
  id text NOT NULL PRIMARY KEY,
  dispatch text NOT NULL,
  starts_at bigint,
  resolved_at bigint
);
CREATE INDEX alerts_open ON alerts (dispatch) WHERE resolved_at IS NULL;
CREATE INDEX alerts_resolved ON alerts (resolved_at) WHERE resolved_at IS NOT NULL;
