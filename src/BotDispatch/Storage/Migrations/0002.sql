CREATE TABLE playground_messages (
  seq bigint NOT NULL PRIMARY KEY,
  post_key text NOT NULL,
  root text,
  kind text NOT NULL,
  author text NOT NULL,
  at bigint NOT NULL,
  body text NOT NULL
);
CREATE UNIQUE INDEX playground_messages_once ON playground_messages (post_key);
