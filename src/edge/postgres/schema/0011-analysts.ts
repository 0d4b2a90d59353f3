import type { Migration } from './migration.js';

/** Organisations may be analysts. */
export const analysts: Migration = {
  number: 11,
  name: 'analysts',
  sql: `
ALTER TABLE organisation DROP CONSTRAINT organisation_kind_check,
  ADD CONSTRAINT organisation_kind_check
  CHECK (kind IN ('administration', 'operator', 'platform', 'lastMile', 'association', 'analyst'));
`,
};
