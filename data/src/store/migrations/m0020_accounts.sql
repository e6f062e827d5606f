-- What of a file was read and what was not; and how far a person got who says what the columns of a file hold.

ALTER TABLE import_run ADD COLUMN account TEXT;
ALTER TABLE upload ADD COLUMN mapping TEXT;
ALTER TABLE upload ADD COLUMN mapping_name TEXT;
