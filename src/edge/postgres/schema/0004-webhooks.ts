import type { Migration } from './migration.js';

/** Webhooks are delivered by one process at a time, and say what went wrong. */
export const webhooks: Migration = {
  number: 4,
  name: 'webhooks',
  sql: `
ALTER TABLE webhook
  -- Why it is paused, or the last attempt failed.
  ADD COLUMN trouble text,
  -- The process that delivers it, until it says so no more.
  ADD COLUMN claimed_by text,
  ADD COLUMN claimed_until timestamptz;
`,
};
