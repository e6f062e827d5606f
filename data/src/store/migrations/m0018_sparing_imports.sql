-- What a file says in many of its rows is kept once for each run, and each run knows how much it keeps.

CREATE TABLE import_text (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    number BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
);

-- How many characters a content has that refers to such texts.
ALTER TABLE import_row ADD COLUMN length BIGINT;

-- Bytes of the file, and of what is kept of it until it is applied, given up or too old.
ALTER TABLE import_run ADD COLUMN file_size BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import_run ADD COLUMN staged BIGINT NOT NULL DEFAULT 0;
