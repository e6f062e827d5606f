-- The preview that a file belongs to, so that a person can say what its columns hold without sending it again. Nothing
-- for a file that waits for its mapping. The file goes when the preview is imported or discarded, after a day at most.

ALTER TABLE upload ADD COLUMN run_id BIGINT;
CREATE INDEX upload_of_run ON upload (run_id);
