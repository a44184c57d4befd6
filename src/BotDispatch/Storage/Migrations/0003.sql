CREATE TABLE installations (
  platform text NOT NULL,
  id text NOT NULL,
  body text NOT NULL,
  version bigint NOT NULL,
  leased_until bigint NOT NULL,
  PRIMARY KEY (platform, id)
);

CREATE TABLE seen (
  delivery text NOT NULL PRIMARY KEY,
  at bigint NOT NULL
);
CREATE INDEX seen_at ON seen (at);

ALTER TABLE threads ADD COLUMN posting_tries bigint NOT NULL DEFAULT 0;
ALTER TABLE threads ADD COLUMN root_tries bigint NOT NULL DEFAULT 0;
