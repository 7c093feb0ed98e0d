-- Version 4: what people said is sealed with each scan, and what was remembered at an earlier scan can be told again.

-- What stands for the decisions recorded with a scan and for all waivers of the review page until then.
ALTER TABLE scan ADD COLUMN said TEXT NOT NULL DEFAULT '';
-- How many waivers that are; NULL: a scan of a form before this one, with which nothing was sealed or set aside.
ALTER TABLE scan ADD COLUMN waivers INTEGER;

-- Items and problems as they were before a scan changed them: one row where something happened, none for what stayed.
CREATE TABLE item_before (
    uid        INTEGER NOT NULL,
    scan       INTEGER NOT NULL,
    asset      TEXT NOT NULL,
    listed     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    since      TEXT NOT NULL,
    planned    TEXT NOT NULL,
    body       BLOB,
    PRIMARY KEY (uid, scan)
) WITHOUT ROWID;
CREATE TABLE problem_before (
    rule        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    scan        INTEGER NOT NULL,
    asset       TEXT NOT NULL,
    state       TEXT NOT NULL,
    first_scan  INTEGER NOT NULL,
    since       TEXT NOT NULL,
    PRIMARY KEY (rule, fingerprint, scan)
) WITHOUT ROWID;
-- The row of a scan is there before anything is derived from it.
CREATE TRIGGER item_set_aside BEFORE UPDATE ON item
WHEN (OLD.asset, OLD.listed, OLD.state, OLD.since, OLD.planned, OLD.body)
    IS NOT (NEW.asset, NEW.listed, NEW.state, NEW.since, NEW.planned, NEW.body) BEGIN
    INSERT OR IGNORE INTO item_before
    SELECT OLD.uid, max(id), OLD.asset, OLD.listed, OLD.state, OLD.since, OLD.planned, OLD.body FROM scan;
END;
CREATE TRIGGER problem_set_aside BEFORE UPDATE ON problem BEGIN
    INSERT OR IGNORE INTO problem_before
    SELECT OLD.rule, OLD.fingerprint, max(id), OLD.asset, OLD.state, OLD.first_scan, OLD.since FROM scan;
END;
CREATE TRIGGER problem_forgotten BEFORE DELETE ON problem BEGIN
    INSERT OR IGNORE INTO problem_before
    SELECT OLD.rule, OLD.fingerprint, max(id), OLD.asset, OLD.state, OLD.first_scan, OLD.since FROM scan;
END;
