-- Imports as runs: staged, looked at, applied, undone.

ALTER TABLE import_run ADD COLUMN state TEXT NOT NULL DEFAULT 'applied';
ALTER TABLE import_run ADD COLUMN review TEXT;
ALTER TABLE import_run ADD COLUMN round TEXT;
ALTER TABLE import_run ADD COLUMN mapping TEXT;
ALTER TABLE import_run ADD COLUMN uncertain INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import_run ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
-- How many rows of each other mechanism were left out, as JSON.
ALTER TABLE import_run ADD COLUMN skipped_kinds TEXT NOT NULL DEFAULT '{}';
-- Why the file could not be read.
ALTER TABLE import_run ADD COLUMN failure TEXT;
-- When and by whom it was applied, undone or cancelled.
ALTER TABLE import_run ADD COLUMN ended_at BIGINT;
ALTER TABLE import_run ADD COLUMN ended_by TEXT;
-- The entries of the history that tell what it did.
ALTER TABLE import_run ADD COLUMN first_event BIGINT;
ALTER TABLE import_run ADD COLUMN last_event BIGINT;

-- What a file says, row by row, until a day after it was read.
CREATE TABLE import_row (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    place BIGINT NOT NULL,
    row_in_file BIGINT NOT NULL,
    kind TEXT NOT NULL,
    review TEXT,
    content TEXT NOT NULL,
    decision TEXT,
    PRIMARY KEY (run_id, place)
);
CREATE INDEX import_row_review ON import_row (run_id, review, place);

-- What becomes of each row: computed anew whenever a row is mended or decided.
CREATE TABLE import_outcome (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    place BIGINT NOT NULL,
    review TEXT,
    outcome TEXT NOT NULL,
    leader BIGINT,
    score DOUBLE PRECISION,
    detail TEXT,
    digest TEXT,
    PRIMARY KEY (run_id, place)
);
CREATE INDEX import_outcome_kind ON import_outcome (run_id, outcome, place);

-- By which other names or numbers a recommendation is known: those of texts that were found to be its.
CREATE TABLE recommendation_alias (
    review_id BIGINT NOT NULL REFERENCES review (id),
    name TEXT NOT NULL,
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    score DOUBLE PRECISION,
    PRIMARY KEY (review_id, name, recommendation_id)
);
CREATE INDEX recommendation_alias_of ON recommendation_alias (recommendation_id);
