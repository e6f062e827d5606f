-- The programs that have written since the database was last closed in good order. On SQLite a row here
-- means that the newest changes may be in the write-ahead log only; on both databases `changes` shows
-- whether a commit arrived.
CREATE TABLE writer (
    token TEXT NOT NULL PRIMARY KEY,
    changes BIGINT NOT NULL,
    written_at BIGINT NOT NULL
);
