-- Lists that a person keeps under a name: which review, or all, and the query string of the filter.

CREATE TABLE saved_view (
    account_id BIGINT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    review TEXT,
    query TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, name)
);
