import type { ClientBase } from 'pg';

/**
 * Who a transaction acts as. Row-level security is forced on every table; what a transaction sees depends on it.
 *
 * - ledger: seasons, plans, shards, journals, notices; nothing of organisations but which shipper has which number;
 * - member: what belongs to the organisation named, and appending to the audit log;
 * - keeper: all organisations: signing in, administrations' approvals, sending webhooks, verifying.
 */
export type Acting =
  | { readonly as: 'ledger' }
  | { readonly as: 'member'; readonly organisation: string }
  | { readonly as: 'keeper' };

/** A PostgreSQL database, 15 or later, with the schema in force. */
export interface Database {
  /** Runs one transaction; it is rolled back if `work` throws. A commit's own error means unknown. */
  transact<T>(acting: Acting, work: (client: ClientBase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
