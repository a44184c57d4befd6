-- Keys of programs that use the HTTP API. Only the hash of a key is stored; its id is the part of the key that may be shown.
CREATE TABLE api_keys (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL,
  permissions text NOT NULL,
  lists text NOT NULL,
  channels text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint,
  last_used_at bigint
);
CREATE UNIQUE INDEX api_keys_name ON api_keys (name);

-- What a dispatch was started with, so that another request under the same Idempotency-Key is recognised.
CREATE TABLE api_requests (
  dispatch text NOT NULL PRIMARY KEY,
  body_hash text NOT NULL,
  at bigint NOT NULL
);
CREATE INDEX api_requests_at ON api_requests (at);
