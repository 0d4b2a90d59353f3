import type { Migration } from './migration.js';

/**
 * Who published which version of a plan, why, and where its files are. Written with the version itself, in the
 * transaction that also audits it: keepers may publish for that.
 */
export const planNotes: Migration = {
  number: 12,
  name: 'plan notes',
  sql: `
CREATE TABLE plan_note (
  season text NOT NULL,
  version int NOT NULL,
  -- Folder of the plan's files.
  files text NOT NULL,
  -- Null: whoever has the machine.
  organisation text,
  actor text NOT NULL,
  reason text NOT NULL,
  -- The version whose plan it brings back.
  restores int,
  -- Of plan.json, as JSON.
  summary text NOT NULL,
  PRIMARY KEY (season, version),
  FOREIGN KEY (season, version) REFERENCES gate_plan
);
CREATE TRIGGER plan_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_note
  FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse_change();

GRANT SELECT ON plan_note TO cuofeng_ledger;
GRANT SELECT, INSERT ON plan_note TO cuofeng_keeper;
GRANT INSERT ON gate_plan, gate_plan_part TO cuofeng_keeper;
ALTER TABLE plan_note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY ledger ON plan_note FOR SELECT TO cuofeng_ledger USING (true);
CREATE POLICY keeper ON plan_note TO cuofeng_keeper USING (true) WITH CHECK (true);
CREATE POLICY acting ON plan_note AS RESTRICTIVE
  USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'));
CREATE POLICY publisher ON gate_plan FOR INSERT TO cuofeng_keeper WITH CHECK (true);
CREATE POLICY publisher ON gate_plan_part FOR INSERT TO cuofeng_keeper WITH CHECK (true);
`,
};
