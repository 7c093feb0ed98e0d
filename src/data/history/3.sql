-- Version 3: which pages a scan rested on, and what the review page waived.

-- What stands for the whole evidence folder of a scan; empty where it used none.
ALTER TABLE scan ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

-- Pages that a scan used and the one before did not (used = 1), and the other way round (used = 0). Never changed,
-- never pruned; sealed by the chain of the scan.
CREATE TABLE evidence (
    scan   INTEGER NOT NULL REFERENCES scan (id),
    number INTEGER NOT NULL,
    used   INTEGER NOT NULL CHECK (used IN (0, 1)),
    asset  TEXT NOT NULL,
    source TEXT NOT NULL,
    how    TEXT NOT NULL,
    url    TEXT NOT NULL,
    -- When it was seen, UTC.
    taken  TEXT NOT NULL,
    state  TEXT NOT NULL,
    -- BLAKE3 of the record in the evidence folder.
    record TEXT NOT NULL,
    -- Of the page; empty where there was none.
    blake3 TEXT NOT NULL,
    sm3    TEXT NOT NULL,
    PRIMARY KEY (scan, number)
) WITHOUT ROWID;
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Waivers given on the review page; one that is taken back is a row of its own.
CREATE TABLE waiver (
    id       INTEGER PRIMARY KEY,
    made     TEXT NOT NULL,
    rule     TEXT NOT NULL,
    asset    TEXT NOT NULL,
    reason   TEXT NOT NULL,
    who      TEXT NOT NULL,
    -- The last day (ISO) on which it holds; empty: without end.
    until    TEXT NOT NULL,
    retracts INTEGER REFERENCES waiver (id)
);
CREATE TRIGGER waiver_stays BEFORE UPDATE ON waiver BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER waiver_kept BEFORE DELETE ON waiver BEGIN SELECT RAISE(ABORT, 'append only'); END;
