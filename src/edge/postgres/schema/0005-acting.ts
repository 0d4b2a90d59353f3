import type { Migration } from './migration.js';

/**
 * Rows show only to those who act as a role. PostgreSQL 15 cannot let a user act as a role without giving it the
 * role's rights at all times; this takes them away where nobody acts. Tables made later need it, too.
 */
export const acting: Migration = {
  number: 5,
  name: 'acting',
  sql: `
DO $$
DECLARE
  name name;
BEGIN
  FOR name IN SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relrowsecurity AND relnamespace = current_schema()::regnamespace
  LOOP
    EXECUTE format($policy$
      CREATE POLICY acting ON %I AS RESTRICTIVE
      USING (current_user IN ('cuofeng_ledger', 'cuofeng_member', 'cuofeng_keeper'))
    $policy$, name);
  END LOOP;
END $$;
`,
};
