-- Mappings of other people's tables, kept under a name to be used again.

-- mapping: JSON.
CREATE TABLE saved_mapping (
    name TEXT NOT NULL PRIMARY KEY,
    mapping TEXT NOT NULL,
    saved_at BIGINT NOT NULL
);

-- The round that the file's assessments go into.
ALTER TABLE upload ADD COLUMN round TEXT;
