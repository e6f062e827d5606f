-- Evidence as numbered records of a review, results carried over, methods, links between cycles, who looks
-- at what. {id} stands for what each database calls it.

-- number: the record's public number in its review, given when the program next starts where there is none.
-- address: its web address brought to one form, so that the same page is found again.
ALTER TABLE evidence ADD COLUMN number BIGINT;
ALTER TABLE evidence ADD COLUMN language TEXT;
ALTER TABLE evidence ADD COLUMN archived TEXT;
ALTER TABLE evidence ADD COLUMN address TEXT;
CREATE UNIQUE INDEX evidence_number ON evidence (review_id, number);
CREATE INDEX evidence_address ON evidence (review_id, address);

-- The slug of the round that a result was carried over from, until somebody confirms it.
ALTER TABLE assessment ADD COLUMN carried_over TEXT;

-- Organisations that assessed, one a line.
ALTER TABLE round ADD COLUMN assessors TEXT;

-- labels: JSON, the label by language, for those other than the scale's own.
ALTER TABLE status ADD COLUMN examples TEXT;
ALTER TABLE status ADD COLUMN labels TEXT;

-- A recommendation that repeats one of an earlier cycle, or (repeats = false) does not, though it looks so.
CREATE TABLE link (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id) ON DELETE CASCADE,
    earlier_id BIGINT NOT NULL REFERENCES recommendation (id) ON DELETE CASCADE,
    repeats BOOLEAN NOT NULL,
    PRIMARY KEY (recommendation_id, earlier_id)
);
CREATE INDEX link_earlier ON link (earlier_id);

-- Who has a recommendation's form open. No part of the record.
CREATE TABLE presence (
    account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id) ON DELETE CASCADE,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, round_id, recommendation_id)
);

CREATE INDEX event_in_round ON event (review, round);
