-- What a person should look at in a file whose rows were all taken: numbers that may have lost a zero. A list of
-- messages as JSON; nothing where there are none.

ALTER TABLE import_run ADD COLUMN warnings TEXT;
