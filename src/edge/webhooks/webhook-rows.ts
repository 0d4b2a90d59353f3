import type { ClientBase } from 'pg';
import {
  ORGANISATION_COLUMNS,
  type OrganisationRow,
  organisationOf,
} from '../access/organisation-rows.js';
import type { Organisation } from '../access/principal.js';
import type { Database } from '../postgres/database.js';

export interface Webhook {
  readonly organisation: string;
  readonly id: string;
  readonly url: string;
  readonly state: 'active' | 'paused';
  /** Why it is paused, or the last attempt failed. */
  readonly trouble: string | null;
  /** In a row. */
  readonly failures: number;
  readonly retryAt: Date | null;
  readonly madeAt: Date;
}

/** One that this process is to deliver. */
export interface ClaimedWebhook {
  readonly id: string;
  readonly organisation: Organisation;
  readonly url: string;
  readonly secret: string;
  /** Of the last change delivered. */
  readonly cursor: string;
  readonly failures: number;
}

export const WEBHOOK_COLUMNS = `organisation, id, url, state, trouble, failures, retry_at AS "retryAt",
  made_at AS "madeAt"`;

/** Webhooks of all organisations, for whoever delivers them. */
export class WebhookRows {
  constructor(
    private readonly database: Database,
    /** This process. */
    private readonly name: string,
  ) {}

  /**
   * All that are due and nobody else's for the moment become this process's for so long.
   *
   * @param now milliseconds since 1970.
   */
  claim(now: number, ms: number): Promise<ClaimedWebhook[]> {
    return this.#transact(async (client) => {
      const { rows } = await client.query<OrganisationRow & ClaimedRow>(
        `UPDATE webhook w SET claimed_by = $1, claimed_until = $3 FROM organisation o
         WHERE o.id = w.organisation AND NOT o.suspended AND w.state = 'active'
           AND (w.retry_at IS NULL OR w.retry_at <= $2)
           AND (w.claimed_by IS NULL OR w.claimed_by = $1 OR w.claimed_until <= $2)
         RETURNING ${ORGANISATION_COLUMNS}, w.id AS webhook, w.url, w.secret, w.cursor, w.failures`,
        [this.name, new Date(now), new Date(now + ms)],
      );
      return rows.map((row) => ({
        id: row.webhook,
        organisation: organisationOf(row),
        url: row.url,
        secret: row.secret,
        cursor: row.cursor ?? '',
        failures: row.failures,
      }));
    });
  }

  /** Lets others have what this process had. */
  release(): Promise<void> {
    return this.#update('claimed_by = NULL, claimed_until = NULL WHERE claimed_by = $1', []);
  }

  /** Changes up to a cursor were taken. */
  delivered({ id, organisation }: ClaimedWebhook, cursor: string): Promise<void> {
    return this.#update(`cursor = $4, failures = 0, retry_at = NULL, trouble = NULL ${OURS}`, [
      organisation.id,
      id,
      cursor,
    ]);
  }

  /** An attempt failed; it is tried again then, or with null not before somebody says so. */
  failed(
    { id, organisation }: ClaimedWebhook,
    trouble: string,
    retryAt: Date | null,
  ): Promise<void> {
    return this.#update(
      `failures = failures + 1, trouble = $4, retry_at = $5,
       state = CASE WHEN $5::timestamptz IS NULL THEN 'paused' ELSE state END ${OURS}`,
      [organisation.id, id, trouble, retryAt],
    );
  }

  #update(change: string, values: readonly unknown[]): Promise<void> {
    return this.#transact(async (client) => {
      await client.query(`UPDATE webhook SET ${change}`, [this.name, ...values]);
    });
  }

  #transact<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.database.transact({ as: 'keeper' }, work);
  }
}

/** Only what is still this process's is written about: who came after it knows better. */
const OURS = 'WHERE claimed_by = $1 AND organisation = $2 AND id = $3';

interface ClaimedRow {
  readonly webhook: string;
  readonly url: string;
  readonly secret: string;
  readonly cursor: string | null;
  readonly failures: number;
}
