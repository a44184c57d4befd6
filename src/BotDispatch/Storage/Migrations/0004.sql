CREATE TABLE teams_conversations (
  tenant text NOT NULL,
  id text NOT NULL,
  service_url text NOT NULL,
  bot_id text NOT NULL,
  kind text NOT NULL,
  team text,
  name text,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX teams_conversations_team ON teams_conversations (tenant, team) WHERE team IS NOT NULL;
CREATE INDEX teams_conversations_newest ON teams_conversations (tenant, at);

CREATE TABLE teams_people (
  tenant text NOT NULL,
  id text NOT NULL,
  mri text NOT NULL,
  name text,
  email text,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX teams_people_mri ON teams_people (tenant, mri);
