-- The first schema. {id} and {bytes} stand for what each database calls them.
-- Times are milliseconds since 1970 (UTC); dates are texts, YYYY-MM-DD; codes are the domain's.

CREATE TABLE review (
    id {id},
    state TEXT NOT NULL,
    cycle INTEGER NOT NULL,
    session INTEGER,
    date TEXT,
    report_symbol TEXT,
    addendum_symbol TEXT,
    UNIQUE (state, cycle)
);

CREATE TABLE recommendation (
    id {id},
    review_id BIGINT NOT NULL REFERENCES review (id),
    paragraph TEXT NOT NULL,
    text TEXT,
    language TEXT,
    summary TEXT,
    action_category INTEGER,
    source_id TEXT,
    UNIQUE (review_id, paragraph)
);

CREATE TABLE recommending_state (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    state TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (recommendation_id, state)
);

CREATE TABLE term (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    scheme TEXT NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (recommendation_id, scheme, name)
);

CREATE TABLE position (
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    place INTEGER NOT NULL,
    class TEXT NOT NULL,
    raw TEXT NOT NULL,
    source TEXT,
    source_paragraph TEXT,
    date TEXT,
    PRIMARY KEY (recommendation_id, place)
);

CREATE TABLE scale (
    id {id},
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (code, version)
);

CREATE TABLE status (
    scale_id BIGINT NOT NULL REFERENCES scale (id),
    place INTEGER NOT NULL,
    code TEXT NOT NULL,
    label TEXT NOT NULL,
    definition TEXT NOT NULL,
    counts_as_assessed BOOLEAN NOT NULL,
    score DOUBLE PRECISION,
    colour TEXT NOT NULL,
    shape TEXT NOT NULL,
    PRIMARY KEY (scale_id, place),
    UNIQUE (scale_id, code)
);

CREATE TABLE round (
    id {id},
    review_id BIGINT NOT NULL REFERENCES review (id),
    slug TEXT NOT NULL,
    organisation TEXT NOT NULL,
    title TEXT NOT NULL,
    as_of TEXT,
    scale_id BIGINT NOT NULL REFERENCES scale (id),
    kind TEXT NOT NULL,
    method TEXT,
    supersedes TEXT,
    published_at BIGINT,
    content_hash TEXT,
    UNIQUE (review_id, slug)
);

CREATE TABLE assessment (
    id {id},
    round_id BIGINT NOT NULL REFERENCES round (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    status TEXT NOT NULL,
    rationale TEXT NOT NULL,
    confidence TEXT,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (round_id, recommendation_id)
);
CREATE INDEX assessment_recommendation ON assessment (recommendation_id);

-- identity is a hash of the other columns: the same evidence is one row of its review.
CREATE TABLE evidence (
    id {id},
    review_id BIGINT NOT NULL REFERENCES review (id),
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    publisher TEXT,
    date TEXT,
    kind TEXT NOT NULL,
    note TEXT,
    identity TEXT NOT NULL,
    UNIQUE (review_id, identity)
);

CREATE TABLE assessment_evidence (
    assessment_id BIGINT NOT NULL REFERENCES assessment (id),
    place INTEGER NOT NULL,
    evidence_id BIGINT NOT NULL REFERENCES evidence (id),
    PRIMARY KEY (assessment_id, place)
);

CREATE TABLE reported_total (
    round_id BIGINT NOT NULL REFERENCES round (id),
    place INTEGER NOT NULL,
    position TEXT,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    citation TEXT NOT NULL,
    derived BOOLEAN NOT NULL,
    PRIMARY KEY (round_id, place)
);

-- The history. It names things by their public names, not by rows, so that it outlives them.
CREATE TABLE event (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    review TEXT,
    round TEXT,
    paragraph TEXT,
    before TEXT,
    after TEXT,
    hash TEXT NOT NULL
);
CREATE INDEX event_subject ON event (review, paragraph);

CREATE TABLE account (
    id {id},
    pseudonym TEXT NOT NULL,
    pseudonym_folded TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE sign_in_failure (
    pseudonym_folded TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE draft (
    round_id BIGINT NOT NULL REFERENCES round (id),
    recommendation_id BIGINT NOT NULL REFERENCES recommendation (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    content TEXT NOT NULL,
    base_version BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, recommendation_id, account_id)
);

CREATE TABLE import_run (
    id {id},
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    problems TEXT NOT NULL
);

CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    file_name TEXT NOT NULL,
    review TEXT,
    content {bytes} NOT NULL,
    created_at BIGINT NOT NULL
);
