import type { ClientBase } from 'pg';
import type { Level, Organisation, OrganisationKind } from './principal.js';

export interface OrganisationRow {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly level: Level;
  readonly region: string;
  readonly parent: string | null;
  readonly operator: string | null;
  readonly suspended: boolean;
  readonly demonstration: boolean;
}

export const ORGANISATION_COLUMNS =
  'o.id, o.kind, o.level, o.region, o.parent, o.operator, o.suspended, o.demonstration';

export function organisationOf({
  id,
  kind,
  level,
  region,
  operator,
}: OrganisationRow): Organisation {
  return { id, kind, level, region, ...(operator !== null && { operator }) };
}

export async function findOrganisationRow(
  client: ClientBase,
  id: string,
): Promise<OrganisationRow | undefined> {
  const { rows } = await client.query<OrganisationRow>(
    `SELECT ${ORGANISATION_COLUMNS} FROM organisation o WHERE o.id = $1`,
    [id],
  );
  return rows[0];
}
