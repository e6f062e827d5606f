-- The text of a recommendation in further languages, beside the one that it has. The key is the place: which languages
-- a recommendation has twice, its writers decide.

CREATE TABLE recommendation_text (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    place INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT,
    PRIMARY KEY (recommendation_id, place)
);

-- The languages of the texts that a row of a file adds, as a JSON list; nothing where it adds none.
ALTER TABLE import_outcome ADD COLUMN texts TEXT;
