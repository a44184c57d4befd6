ALTER TABLE threads ADD COLUMN asker text;
