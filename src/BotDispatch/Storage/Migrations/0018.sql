-- Storage:KeepDispatches deletes people who did nothing for as long.
CREATE INDEX teams_people_at ON teams_people (at);
