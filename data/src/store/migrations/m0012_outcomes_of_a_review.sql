-- What an import would do is asked for review by review when it is done. Without this each of them
-- reads the outcomes of all.
CREATE INDEX import_outcome_review ON import_outcome (run_id, review);
