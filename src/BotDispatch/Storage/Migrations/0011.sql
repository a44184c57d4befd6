-- Who was called, and who accepted, when: lists order people by it, and rest is judged by it.
CREATE TABLE calls (
  employee text NOT NULL,
  kind text NOT NULL,
  at bigint NOT NULL,
  dispatch text NOT NULL,
  PRIMARY KEY (employee, kind, at, dispatch)
);
CREATE INDEX calls_at ON calls (at);
