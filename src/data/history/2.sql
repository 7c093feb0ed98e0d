-- Version 2 of the store: what people say of two items of different scans is remembered until they say otherwise.

-- 1: about an item of this scan and one of an earlier scan; in force until a row takes it back.
ALTER TABLE decision ADD COLUMN across INTEGER NOT NULL DEFAULT 0 CHECK (across IN (0, 1));
