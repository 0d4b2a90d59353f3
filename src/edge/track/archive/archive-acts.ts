import type { ClientBase } from 'pg';
import { type Act, appendAudit } from '../../access/audit.js';
import type { Json } from '../../access/canonical-json.js';
import type { SeasonScans } from './season-scans.js';

/** Who archives and deletes: a person at the machine, or the server by itself. */
export type ArchiveActor = 'command-line' | 'schedule';

/**
 * Writes down that scans of a season were archived or deleted, in the transaction that does it or right after: in the chains of those
 * whose scans they are, and of the administrations of the nation.
 *
 * @param client of a transaction, which acts as the keeper from here on.
 */
export async function tellArchiveAct(
  client: ClientBase,
  season: Pick<SeasonScans, 'id' | 'sources'>,
  actor: ArchiveActor,
  action: Act['action'],
  detail: { readonly [key: string]: Json },
): Promise<void> {
  await client.query('SET LOCAL ROLE cuofeng_keeper');
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM organisation
     WHERE id = ANY ($1) OR (kind = 'administration' AND level = 'nation') ORDER BY id`,
    [season.sources],
  );
  const acts = rows.map(
    ({ id: organisation }): Act => ({
      organisation,
      actor,
      action,
      subject: season.id,
      detail,
    }),
  );
  await appendAudit(client, Date.now(), acts);
}
