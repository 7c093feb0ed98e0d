-- Version 1 of the store.

-- One row per scan, never changed but that `body` may be pruned or written against another base.
CREATE TABLE scan (
    id         INTEGER PRIMARY KEY,
    as_of      TEXT NOT NULL,
    made       TEXT NOT NULL,
    tool       TEXT NOT NULL,
    rule_set   TEXT NOT NULL,
    policy     TEXT NOT NULL,
    matching   TEXT NOT NULL,
    inputs     INTEGER NOT NULL,
    items      INTEGER NOT NULL,
    problems   INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    -- BLAKE3 of scan.json.
    digest     TEXT NOT NULL,
    -- Figures and counts, kept when the content is pruned.
    trend      TEXT NOT NULL,
    -- BLAKE3 of the rows of `event` of this scan.
    events     TEXT NOT NULL,
    -- BLAKE3 of this row's content and of the chain of the row before.
    chain      TEXT NOT NULL,
    -- The scan that `body` is written against; NULL: against nothing.
    base       INTEGER REFERENCES scan (id),
    body       BLOB
);

-- One row per thing, across scans and names.
CREATE TABLE item (
    uid        INTEGER PRIMARY KEY,
    asset      TEXT NOT NULL,
    first_scan INTEGER NOT NULL REFERENCES scan (id),
    listed     INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('live', 'closed', 'gone', 'not-reported')),
    since      TEXT NOT NULL,
    since_scan INTEGER NOT NULL REFERENCES scan (id),
    -- The closed item whose job it took over.
    successor_of INTEGER REFERENCES item (uid),
    -- Of what is not listed any more: the last plan's action, and the item as last seen.
    planned    TEXT NOT NULL DEFAULT '',
    body       BLOB
);
CREATE INDEX item_listed ON item (listed, asset);

-- One row per problem, by what survives re-ordering.
CREATE TABLE problem (
    rule        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    asset       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'fixed', 'gone', 'unknown')),
    first_scan  INTEGER NOT NULL REFERENCES scan (id),
    since       TEXT NOT NULL,
    PRIMARY KEY (rule, fingerprint)
) WITHOUT ROWID;

-- What happened, scan by scan; nothing for what stayed as it was. Never changed, never pruned.
CREATE TABLE event (
    scan   INTEGER NOT NULL REFERENCES scan (id),
    number INTEGER NOT NULL,
    about  TEXT NOT NULL CHECK (about IN ('item', 'problem')),
    class  TEXT NOT NULL,
    cause  TEXT NOT NULL,
    asset  TEXT NOT NULL,
    name   TEXT NOT NULL,
    unit   TEXT NOT NULL,
    -- Rule of a problem; empty for an item.
    rule   TEXT NOT NULL,
    -- Id of the earlier or of the closed item, where it is another.
    was    TEXT NOT NULL,
    PRIMARY KEY (scan, number)
) WITHOUT ROWID;

-- What people decided, in the order in which the program was told; a retraction is a row of its own.
CREATE TABLE decision (
    id       INTEGER PRIMARY KEY,
    scan     INTEGER NOT NULL REFERENCES scan (id),
    made     TEXT NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('same', 'different', 'pin', 'waiver')),
    subject  TEXT NOT NULL,
    object   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    -- The row that this one takes back.
    retracts INTEGER REFERENCES decision (id)
);
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Every run, those too that came to nothing.
CREATE TABLE run (
    id      INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended   TEXT,
    pid     TEXT NOT NULL,
    host    TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'failed', 'interrupted')),
    scan    INTEGER REFERENCES scan (id),
    message TEXT NOT NULL DEFAULT ''
);
