import type { Migration } from './migration.js';

/** Which processes of a season are there, so that each takes its part of the shards. */
export const processes: Migration = {
  number: 3,
  name: 'processes',
  sql: `
CREATE TABLE gate_process (
  season text NOT NULL REFERENCES gate_season,
  owner text NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (season, owner)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON gate_process TO cuofeng_ledger;
ALTER TABLE gate_process ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY ledger ON gate_process TO cuofeng_ledger USING (true) WITH CHECK (true);
`,
};
