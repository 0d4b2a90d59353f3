import type { Migration } from './migration.js';

/**
 * The ledger: seasons, plans, shards, journals, notices, numbers of shippers.
 *
 * - Journals are append-only: nobody has the right to change one, and a trigger refuses the owner's and a
 *   superuser's attempts too.
 * - A plan names the version it was made from; one version has one successor, so versions are a chain and of two
 *   planners that started from the same one only the first publishes (P6).
 * - Words and ids are stored as they are (EXTERNAL): they hardly compress, and reading them back is what a
 *   restart waits for.
 * - Row-level security is forced, so the tables' owner sees nothing either.
 */
export const ledger: Migration = {
  number: 1,
  name: 'ledger',
  sql: `
CREATE TABLE gate_season (
  id text PRIMARY KEY,
  name text NOT NULL,
  start_ms bigint NOT NULL,
  clock_offset_ms bigint NOT NULL DEFAULT 0,
  id_key bytea NOT NULL CHECK (octet_length(id_key) = 16),
  made_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE gate_plan (
  season text NOT NULL REFERENCES gate_season,
  version int NOT NULL CHECK (version > base),
  base int NOT NULL CHECK (base >= 0),
  made_at timestamptz NOT NULL DEFAULT now(),
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  PRIMARY KEY (season, version),
  UNIQUE (season, base)
);

CREATE TABLE gate_plan_part (
  season text NOT NULL,
  version int NOT NULL,
  part int NOT NULL CHECK (part >= 0),
  bytes bytea NOT NULL,
  PRIMARY KEY (season, version, part),
  FOREIGN KEY (season, version) REFERENCES gate_plan
);
ALTER TABLE gate_plan_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE gate_shard (
  season text NOT NULL REFERENCES gate_season,
  shard int NOT NULL CHECK (shard >= 0),
  epoch bigint NOT NULL DEFAULT 0 CHECK (epoch >= 0),
  owner text,
  address text,
  lease_until timestamptz,
  PRIMARY KEY (season, shard)
);

CREATE TABLE gate_journal (
  season text NOT NULL,
  shard int NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  epoch bigint NOT NULL,
  at double precision NOT NULL,
  first_row bigint NOT NULL CHECK (first_row >= 0),
  rows int NOT NULL CHECK (rows >= 0),
  words bytea NOT NULL CHECK (octet_length(words) % 4 = 0),
  ids bytea NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (season, shard, seq)
);
ALTER TABLE gate_journal ALTER COLUMN words SET STORAGE EXTERNAL, ALTER COLUMN ids SET STORAGE EXTERNAL;
-- Finds the entry of a ticket's row.
CREATE INDEX gate_journal_row ON gate_journal (season, shard, first_row) WHERE rows > 0;

CREATE FUNCTION gate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER gate_journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gate_journal
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();

CREATE TABLE gate_notice (
  season text NOT NULL,
  shard int NOT NULL,
  seq bigint NOT NULL,
  audience int NOT NULL,
  words bytea NOT NULL CHECK (octet_length(words) % 4 = 0),
  PRIMARY KEY (season, shard, seq, audience)
);
CREATE INDEX gate_notice_audience ON gate_notice (season, shard, audience, seq);

CREATE TABLE gate_shipper (
  season text NOT NULL REFERENCES gate_season,
  number int NOT NULL CHECK (number >= 0),
  organisation text NOT NULL,
  PRIMARY KEY (season, number),
  UNIQUE (season, organisation)
);

GRANT SELECT, INSERT ON gate_season, gate_plan, gate_plan_part, gate_shard, gate_journal, gate_notice, gate_shipper
  TO cuofeng_ledger;
GRANT UPDATE (epoch, owner, address, lease_until) ON gate_shard TO cuofeng_ledger;
GRANT SELECT ON gate_season, gate_plan, gate_plan_part, gate_shard, gate_journal, gate_notice, gate_shipper
  TO cuofeng_keeper;
GRANT SELECT ON gate_season, gate_shipper TO cuofeng_member;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['gate_season', 'gate_plan', 'gate_plan_part', 'gate_shard', 'gate_journal',
                              'gate_notice', 'gate_shipper'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY ledger ON %I TO cuofeng_ledger USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY keeper ON %I FOR SELECT TO cuofeng_keeper USING (true)', name);
  END LOOP;
END $$;
CREATE POLICY member ON gate_season FOR SELECT TO cuofeng_member USING (true);
CREATE POLICY member ON gate_shipper FOR SELECT TO cuofeng_member
  USING (organisation = current_setting('cuofeng.organisation', true));
`,
};
