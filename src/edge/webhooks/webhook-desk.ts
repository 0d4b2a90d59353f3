import type { ClientBase } from 'pg';
import { actsOf, appendAudit } from '../access/audit.js';
import type { Principal } from '../access/principal.js';
import { conflict, notThere, wrong } from '../access/refusals.js';
import { newId } from '../access/secrets.js';
import type { GateService } from '../gate/gate-service.js';
import type { Database } from '../postgres/database.js';
import { findUrlFault, type Outside } from './post.js';
import { newWebhookSecret } from './signature.js';
import { WEBHOOK_COLUMNS, type Webhook } from './webhook-rows.js';

/** Webhooks of one organisation: more would only be told the same. */
const WEBHOOKS_MOST = 10;

export interface NewWebhook {
  readonly url: string;
  /** Changes from there on; left out: from now on. */
  readonly after?: string;
}

/** Who makes, sees, changes and ends webhooks, over HTTP. */
export interface WebhookDesk {
  create(by: Principal, webhook: NewWebhook): Promise<Webhook & { readonly secret: string }>;
  list(by: Principal): Promise<Webhook[]>;
  get(by: Principal, id: string): Promise<Webhook>;
  /** A new address, or on again after it was paused. */
  change(by: Principal, id: string, to: { readonly url?: string }): Promise<Webhook>;
  remove(by: Principal, id: string): Promise<void>;
}

/** @throws Problem 404, 409, 422 */
export class StoredWebhooks implements WebhookDesk {
  /** @param now milliseconds since 1970. */
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly outside: Outside,
    private readonly now: () => number,
  ) {}

  async create(by: Principal, { url, after }: NewWebhook): Promise<Webhook & { secret: string }> {
    this.#checkUrl(url);
    // What is no cursor is found out now, and "now" is before the answer.
    const asked = { limit: 1, waitMs: 0, signal: new AbortController().signal };
    const { cursor } = await this.gate.changes(by, after, asked);
    const id = newId('webhook');
    const secret = newWebhookSecret();
    const row = await this.#transact(by, 'create', id, async (client, organisation) => {
      const { rowCount } = await client.query('SELECT FROM webhook');
      if ((rowCount ?? 0) >= WEBHOOKS_MOST) {
        throw conflict(`An organisation has at most ${WEBHOOKS_MOST} webhooks.`);
      }
      return client.query<Webhook>(
        `INSERT INTO webhook (organisation, id, url, secret, cursor, made_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${WEBHOOK_COLUMNS}`,
        [organisation, id, url, secret, after ?? cursor, new Date(this.now())],
      );
    });
    return { ...row, secret };
  }

  async list({ organisation }: Principal): Promise<Webhook[]> {
    const acting = { as: 'member', organisation: organisation.id } as const;
    const { rows } = await this.database.transact(acting, (client) =>
      client.query<Webhook>(`SELECT ${WEBHOOK_COLUMNS} FROM webhook ORDER BY made_at, id`),
    );
    return rows;
  }

  async get(by: Principal, id: string): Promise<Webhook> {
    const found = (await this.list(by)).find((webhook) => webhook.id === id);
    if (found) return found;
    throw notThere('webhook');
  }

  async change(by: Principal, id: string, { url }: { readonly url?: string }): Promise<Webhook> {
    if (url !== undefined) this.#checkUrl(url);
    return this.#transact(by, 'change', id, (client) =>
      client.query<Webhook>(
        `UPDATE webhook SET url = coalesce($2, url), state = 'active', failures = 0, retry_at = NULL,
           trouble = NULL WHERE id = $1 RETURNING ${WEBHOOK_COLUMNS}`,
        [id, url ?? null],
      ),
    );
  }

  async remove(by: Principal, id: string): Promise<void> {
    await this.#transact(by, 'remove', id, (client) =>
      client.query<Webhook>(`DELETE FROM webhook WHERE id = $1 RETURNING ${WEBHOOK_COLUMNS}`, [id]),
    );
  }

  #checkUrl(url: string): void {
    const fault = findUrlFault(url, this.outside);
    if (fault) throw wrong('url', fault);
  }

  /** Does what gives one webhook, and writes it down; where it gives none, there is no such webhook. */
  #transact(
    by: Principal,
    verb: 'create' | 'change' | 'remove',
    id: string,
    work: (client: ClientBase, organisation: string) => Promise<{ rows: Webhook[] }>,
  ): Promise<Webhook> {
    const organisation = by.organisation.id;
    return this.database.transact({ as: 'member', organisation }, async (client) => {
      const { rows } = await work(client, organisation);
      if (rows.length === 0) throw notThere('webhook');
      const acts = actsOf(by, organisation, `webhook.${verb}`, id, { url: rows[0].url });
      await appendAudit(client, this.now(), acts);
      return rows[0];
    });
  }
}
