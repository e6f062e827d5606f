-- Failed sign-ins are counted apart for each known browser (`device`) and for all others together (an empty one): whoever
-- guesses elsewhere does not delay somebody at a browser of their own. Counts last for an hour; none is carried over.
DROP TABLE sign_in_failure;

CREATE TABLE sign_in_failure (
  pseudonym_folded TEXT NOT NULL,
  device TEXT NOT NULL,
  failures INTEGER NOT NULL,
  last_at BIGINT NOT NULL,
  PRIMARY KEY (pseudonym_folded, device)
);

-- Browsers that somebody has said to be their own. The cookie holds the identifier, the table its hash.
CREATE TABLE device (
  id_hash TEXT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  created_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);

CREATE INDEX device_account ON device (account_id);

-- What this installation signs with.
CREATE TABLE installation (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Who did what when; no address. Not in the history, because entries are forgotten after a time.
CREATE TABLE security_event (
  id {id},
  at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  about TEXT NOT NULL,
  times BIGINT NOT NULL
);

CREATE INDEX security_event_at ON security_event (at);
