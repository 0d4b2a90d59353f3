import type { Migration } from './migration.js';

/**
 * Scans as they were received: for each season logs of batches, each with one owner at a time.
 *
 * - Nobody has the right to change an entry, and a trigger refuses the owner's and a superuser's attempts too. Entries
 *   leave by age only, oldest first, when they are archived (track_archived).
 * - A message of a stream is in a log once, whoever brings it.
 * - Pictures are what an owner counted as of an entry; a recount is held against them.
 */
export const tracking: Migration = {
  number: 6,
  name: 'tracking',
  sql: `
CREATE TABLE track_season (
  season text PRIMARY KEY REFERENCES gate_season,
  logs int NOT NULL CHECK (logs IN (1, 2, 4, 8)),
  key bytea NOT NULL CHECK (octet_length(key) = 32)
);

CREATE TABLE track_source (
  season text NOT NULL REFERENCES track_season,
  number int NOT NULL CHECK (number >= 0),
  organisation text NOT NULL,
  PRIMARY KEY (season, number),
  UNIQUE (season, organisation)
);

CREATE TABLE track_log (
  season text NOT NULL REFERENCES track_season,
  log int NOT NULL CHECK (log >= 0),
  epoch bigint NOT NULL DEFAULT 0,
  owner text,
  address text,
  lease_until timestamptz,
  PRIMARY KEY (season, log)
);

CREATE TABLE track_batch (
  season text NOT NULL,
  log int NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  epoch bigint NOT NULL,
  received_at double precision NOT NULL,
  source int NOT NULL,
  scans int NOT NULL CHECK (scans >= 0),
  message bigint NOT NULL DEFAULT 0,
  bytes bytea NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (season, log, seq)
);
ALTER TABLE track_batch ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX track_batch_message ON track_batch (season, log, message) WHERE message > 0;

-- Entries up to \`seq\` are in the archive, and may be taken out of the log.
CREATE TABLE track_archived (
  season text NOT NULL,
  log int NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (season, log),
  FOREIGN KEY (season, log) REFERENCES track_log
);

CREATE FUNCTION track_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT FROM track_archived AS a
    WHERE a.season = OLD.season AND a.log = OLD.log AND a.seq >= OLD.seq
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER track_batch_append_only BEFORE UPDATE OR DELETE ON track_batch
  FOR EACH ROW EXECUTE FUNCTION track_refuse_change();
CREATE TRIGGER track_batch_no_truncate BEFORE TRUNCATE ON track_batch
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();

CREATE TABLE track_picture (
  season text NOT NULL,
  log int NOT NULL,
  seq bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (season, log, seq),
  FOREIGN KEY (season, log) REFERENCES track_log
);
ALTER TABLE track_picture ALTER COLUMN bytes SET STORAGE EXTERNAL;

GRANT SELECT, INSERT ON track_season, track_source TO cuofeng_ledger;
GRANT SELECT, INSERT, UPDATE ON track_log, track_archived TO cuofeng_ledger;
GRANT SELECT, INSERT, DELETE ON track_batch, track_picture TO cuofeng_ledger;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['track_season', 'track_source', 'track_log', 'track_batch', 'track_archived', 'track_picture'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY ledger ON %I TO cuofeng_ledger USING (true) WITH CHECK (true)', name);
    EXECUTE format($policy$
      CREATE POLICY acting ON %I AS RESTRICTIVE
      USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'))
    $policy$, name);
  END LOOP;
END $$;
`,
};
