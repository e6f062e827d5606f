-- What a published round's figures count of each recommendation, as JSON, as it was at publication.

CREATE TABLE counted_as (
    round_id BIGINT NOT NULL REFERENCES round (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    content TEXT NOT NULL,
    PRIMARY KEY (round_id, recommendation_id)
);
CREATE INDEX counted_as_recommendation ON counted_as (recommendation_id);
