import type { ClientBase } from 'pg';
import { contains, type Level, type OrganisationKind } from '../access/principal.js';
import type { KeptEvent } from './warn-events.js';

interface Office {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly level: Level;
  readonly region: string;
  readonly operator: string | null;
}

const LEVELS: readonly Level[] = ['city', 'province', 'nation'];

/**
 * To whom events come, as the keeper reads organisations: of an escalation the administrations in charge at the level that it
 * comes to; of what is new, raised, lowered or over those in charge up to the level it has come to, and the operator's
 * offices in charge of where it is.
 */
export async function withNotified(
  client: ClientBase,
  events: readonly KeptEvent[],
): Promise<KeptEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await client.query<Office>(
    `SELECT id, kind, level, region, operator FROM organisation
     WHERE kind IN ('administration', 'operator') AND NOT suspended ORDER BY id`,
  );
  return events.map((event) => ({
    ...event,
    notified: rows.filter((office) => concerns(office, event)).map(({ id }) => id),
  }));
}

function concerns(office: Office, { act, reach, assessment: { owner } }: KeptEvent): boolean {
  if (act === 'acknowledged' || !contains(office.region, owner.region)) return false;
  if (office.kind === 'operator') {
    return (
      act !== 'escalated' && owner.operator !== undefined && office.operator === owner.operator
    );
  }
  if (act === 'escalated') return office.level === reach;
  return LEVELS.indexOf(office.level) <= LEVELS.indexOf(reach);
}
