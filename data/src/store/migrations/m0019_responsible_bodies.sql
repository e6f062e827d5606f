-- The bodies of the State under review that are to implement a recommendation. The key is the place, not the
-- name: where a text is redacted, two names of one recommendation may become the same.

CREATE TABLE responsible_body (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (recommendation_id, place)
);
