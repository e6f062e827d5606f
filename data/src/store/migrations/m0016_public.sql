-- What is public has a version of its own, history entries commit to their texts, and texts can be redacted.

-- The last public change: of everything (review is empty), and of each review.
CREATE TABLE public_version (
    review TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    -- The first millisecond of its day since 1970, UTC.
    day BIGINT NOT NULL,
    -- A random number that each change replaces.
    mark BIGINT NOT NULL
);
INSERT INTO public_version (review, number, day, mark)
SELECT review, 1, MAX(at) / 86400000 * 86400000, 0 FROM event
WHERE review IS NOT NULL AND (kind = 'round-published' OR round IS NULL AND kind IN (
    'demonstration-removed', 'recommendation-absorbed', 'recommendation-added', 'recommendation-changed',
    'recommendation-removed', 'review-added', 'review-removed', 'review-updated'))
GROUP BY review;

-- Which rule the hash follows: 1 covers the texts themselves, 2 covers salted commitments to them.
ALTER TABLE event ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
-- Where the salts come from, in hexadecimal; none in an entry of format 1.
ALTER TABLE event ADD COLUMN seed TEXT;
-- Of a redacted entry of format 2: the salts of the texts that are left, as JSON.
ALTER TABLE event ADD COLUMN salts TEXT;

-- What was redacted of a round since its publication, as JSON.
ALTER TABLE round ADD COLUMN redactions TEXT;
