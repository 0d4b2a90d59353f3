import type { Migration } from './migration.js';

/** Jobs of those who send EPCIS documents: what became of each document, kept for some time. Scans are in the logs. */
export const captures: Migration = {
  number: 9,
  name: 'captures',
  sql: `
CREATE TABLE track_capture (
  organisation text NOT NULL REFERENCES organisation (id),
  season text NOT NULL REFERENCES track_season,
  id text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  job jsonb NOT NULL,
  PRIMARY KEY (organisation, season, id)
);
CREATE INDEX track_capture_made_at ON track_capture (organisation, made_at);

GRANT SELECT, INSERT, DELETE ON track_capture TO cuofeng_member;
ALTER TABLE track_capture ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY member ON track_capture TO cuofeng_member
  USING (organisation = current_setting('cuofeng.organisation', true))
  WITH CHECK (organisation = current_setting('cuofeng.organisation', true));
CREATE POLICY acting ON track_capture AS RESTRICTIVE
  USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'));
`,
};
