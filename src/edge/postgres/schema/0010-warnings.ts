import type { Migration } from './migration.js';

/**
 * Warnings of a season: what became of each, by which policy, and how the book of those in force stands.
 *
 * - Events and policies are appended and never edited: warnings are a replay of their events.
 * - The book's row is the lock under which warnings change, so that each is issued once whatever processes there are. It
 *   also says which process assesses at the moment; what its rule waits for (hysteresis) is in its state.
 */
export const warnings: Migration = {
  number: 10,
  name: 'warnings',
  sql: `
CREATE TABLE warn_book (
  season text PRIMARY KEY REFERENCES gate_season,
  -- Of the last event.
  seq bigint NOT NULL DEFAULT 0,
  -- When it last changed or was assessed, by the season's clock, ms since 1970.
  at double precision NOT NULL DEFAULT '-Infinity',
  -- Of src/warn/warning-book.ts, as JSON; null before the first step.
  state text,
  owner text,
  lease_until timestamptz
);

CREATE TABLE warn_policy (
  season text NOT NULL REFERENCES gate_season,
  version int NOT NULL CHECK (version > 1),
  policy text NOT NULL,
  -- Organisation and account or key.
  made_by text NOT NULL,
  reason text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (season, version)
);

CREATE TABLE warn_event (
  season text NOT NULL REFERENCES warn_book,
  -- 1, 2, 3 … without a gap.
  seq bigint NOT NULL CHECK (seq > 0),
  -- Of the warning.
  number int NOT NULL CHECK (number > 0),
  -- The season's clock, ms since 1970.
  at double precision NOT NULL,
  act text NOT NULL CHECK (act IN
    ('issued', 'raised', 'lowered', 'acknowledged', 'adjusted', 'escalated', 'lifted')),
  level text NOT NULL CHECK (level IN ('blue', 'yellow', 'orange', 'red')),
  reach text NOT NULL CHECK (reach IN ('city', 'province', 'nation')),
  -- Null where the rule did it.
  actor text,
  reason text,
  policy_version int NOT NULL,
  -- As it was assessed then, as JSON.
  assessment text NOT NULL,
  -- Organisations that it came to.
  notified text[] NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (season, seq)
);
CREATE INDEX warn_event_number ON warn_event (season, number, seq);
CREATE INDEX warn_event_ended ON warn_event (season, number) WHERE act = 'lifted';

CREATE TRIGGER warn_policy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON warn_policy
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();
CREATE TRIGGER warn_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON warn_event
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();

GRANT SELECT ON warn_policy, warn_event TO cuofeng_ledger;
GRANT SELECT, INSERT, UPDATE ON warn_book TO cuofeng_ledger, cuofeng_keeper;
GRANT SELECT, INSERT ON warn_policy, warn_event TO cuofeng_keeper;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['warn_book', 'warn_policy', 'warn_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY ledger ON %I TO cuofeng_ledger USING (true) WITH CHECK (true)', name);
    EXECUTE format('CREATE POLICY keeper ON %I TO cuofeng_keeper USING (true) WITH CHECK (true)', name);
    EXECUTE format($policy$
      CREATE POLICY acting ON %I AS RESTRICTIVE
      USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'))
    $policy$, name);
  END LOOP;
END $$;
`,
};
