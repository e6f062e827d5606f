-- The headings of a file's table, as JSON; and of each row that was taken its cells below them, so that
-- one that is rejected later is given back as it stood in the file.
ALTER TABLE import_run ADD COLUMN headings TEXT;
ALTER TABLE import_row ADD COLUMN cells TEXT;
-- How far a run is, as JSON, and when whoever works on it last said so: other processes ask here.
ALTER TABLE import_run ADD COLUMN progress TEXT;
ALTER TABLE import_run ADD COLUMN beat_at BIGINT;
-- Recommendations that turned out to be another one and go.
ALTER TABLE import_run ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_outcome ADD COLUMN absorbed INTEGER NOT NULL DEFAULT 0;
