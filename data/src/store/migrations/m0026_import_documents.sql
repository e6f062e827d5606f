-- The rows of an imported matrix in their order, with the themes between them and the cells as they were read, so that
-- the matrix can be handed back. Only matrices have them. Which recommendation a row became is kept by its number, as
-- the history keeps it: former numbers lead to the present one.

CREATE TABLE import_document (
    run_id BIGINT NOT NULL REFERENCES import_run (id),
    place BIGINT NOT NULL,
    row_in_file BIGINT NOT NULL,
    kind TEXT NOT NULL,
    cells TEXT NOT NULL,
    review TEXT,
    paragraph TEXT,
    PRIMARY KEY (run_id, place)
);
