import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';
import { actsOf, appendAudit, type By } from './audit.js';
import { isOrganisationId, looksPersonal } from './handles.js';
import {
  findOrganisationRow,
  ORGANISATION_COLUMNS,
  type OrganisationRow,
  organisationOf,
} from './organisation-rows.js';
import {
  contains,
  digitsOf,
  type Level,
  type Organisation,
  type OrganisationKind,
} from './principal.js';
import { conflict, isTaken, notThere, wrong } from './refusals.js';
import { isOver } from './relations.js';

export interface NewOrganisation {
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly level: Level;
  readonly region: string;
  /** Of an operator's province and city: the office above. Of others: whom it belongs to, if anyone. */
  readonly parent?: string;
  readonly demonstration?: boolean;
}

export interface OrganisationView extends Organisation {
  readonly parent?: string;
  readonly suspended: boolean;
}

function viewOf(row: OrganisationRow): OrganisationView {
  const { parent, suspended } = row;
  return { ...organisationOf(row), ...(parent !== null && { parent }), suspended };
}

export async function findOrganisation(
  database: Database,
  id: string,
): Promise<Organisation | undefined> {
  const row = await database.transact({ as: 'keeper' }, (client) =>
    findOrganisationRow(client, id),
  );
  return row && organisationOf(row);
}

/** @throws Problem 404 */
export async function getOrganisation(database: Database, id: string): Promise<OrganisationView> {
  const row = await database.transact({ as: 'keeper' }, (client) =>
    findOrganisationRow(client, id),
  );
  if (!row) throw notThere('organisation');
  return viewOf(row);
}

/**
 * Adds an organisation; whoever adds one must be in charge of where it is.
 *
 * @throws Problem 404, 409, 422
 */
export async function addOrganisation(
  database: Database,
  by: By,
  asked: NewOrganisation,
  now: number,
): Promise<OrganisationView> {
  return database.transact({ as: 'keeper' }, async (client) => {
    const parent =
      asked.parent === undefined ? undefined : await findOrganisationRow(client, asked.parent);
    checkNew(asked, parent);
    const operator = operatorOf(asked, parent);
    const made = { ...asked, ...(operator !== undefined && { operator }) };
    if (typeof by !== 'string' && !isOver(by.organisation, 'region', made)) {
      throw wrong('region', 'Your organisation is not in charge of such an organisation there.');
    }
    const row = await insert(client, asked, operator);
    const { id, kind, level, region } = asked;
    await appendAudit(
      client,
      now,
      actsOf(by, id, 'organisation.add', id, { kind, level, region, parent: asked.parent ?? null }),
    );
    return viewOf(row);
  });
}

function checkNew(asked: NewOrganisation, parent: OrganisationRow | undefined): void {
  const { id, kind, level, region } = asked;
  if (!isOrganisationId(id)) {
    throw wrong(
      'id',
      'An id is up to 32 letters, digits and . _ -, a letter first; nothing of people.',
    );
  }
  if (!/^\d{6}$/.test(region) || !REGION_OF[level].test(region)) {
    throw wrong(
      'region',
      `${region} is not the GB/T 2260 code of a ${level}; the nation is 000000.`,
    );
  }
  if (asked.parent !== undefined && !parent)
    throw wrong('parent', 'There is no such organisation.');
  if (kind === 'operator' && level !== 'nation' && !parent) {
    throw wrong('parent', "An operator's office in a province or city needs the office above it.");
  }
  if (!parent) return;
  const isBelow = parent.kind === kind && contains(parent.region, region);
  const isTop = kind === 'operator' && level === 'nation';
  if (!isBelow || isTop) throw wrong('parent', 'It must be of the same kind, and over the region.');
}

/** A municipality's code ends like a province's, and it is a city, too. */
const REGION_OF = { nation: /^000000$/, province: /^(?!00)..0000$/, city: /^(?!00)/ };

function operatorOf({ id, kind }: NewOrganisation, parent?: OrganisationRow): string | undefined {
  if (kind !== 'operator') return undefined;
  return parent ? (parent.operator ?? parent.id) : id;
}

async function insert(
  client: ClientBase,
  { id, kind, level, region, parent, demonstration }: NewOrganisation,
  operator: string | undefined,
): Promise<OrganisationRow> {
  try {
    const { rows } = await client.query<OrganisationRow>(
      `INSERT INTO organisation AS o (id, kind, level, region, parent, operator, demonstration)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${ORGANISATION_COLUMNS}`,
      [id, kind, level, region, parent ?? null, operator ?? null, demonstration ?? false],
    );
    return rows[0];
  } catch (error) {
    throw isTaken(error) ? conflict(`The id ${id} is taken.`) : error;
  }
}

/** Suspends an organisation or lifts it: none of its people and keys is let in from the next request on. */
export async function suspendOrganisation(
  database: Database,
  by: By,
  id: string,
  { suspended, reason }: { readonly suspended: boolean; readonly reason: string },
  now: number,
): Promise<OrganisationView> {
  if (looksPersonal(reason)) throw wrong('reason', 'A reason says nothing of people.');
  return database.transact({ as: 'keeper' }, async (client) => {
    const { rows } = await client.query<OrganisationRow>(
      `UPDATE organisation o SET suspended = $2 WHERE id = $1 RETURNING ${ORGANISATION_COLUMNS}`,
      [id, suspended],
    );
    if (rows.length === 0) throw notThere('organisation');
    const action = suspended ? 'organisation.suspend' : 'organisation.resume';
    await appendAudit(client, now, actsOf(by, id, action, id, { reason }));
    return viewOf(rows[0]);
  });
}

/** Those that a viewer is related to (all, without one), in the order of their ids after one. */
export async function listOrganisations(
  database: Database,
  viewer: Organisation | undefined,
  after: string,
  limit: number,
): Promise<OrganisationView[]> {
  const isInCharge = viewer?.kind === 'administration' || viewer?.kind === 'operator';
  const within = isInCharge ? digitsOf(viewer.region) : null;
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<OrganisationRow>(
      `SELECT ${ORGANISATION_COLUMNS} FROM organisation o
       WHERE o.id > $1 AND ($2::text IS NULL OR o.id = $2 OR starts_with(o.region, $3)) ORDER BY o.id`,
      [after, viewer?.id ?? null, within],
    ),
  );
  const seen = rows.filter((row) => !viewer || isAnyOver(viewer, organisationOf(row)));
  return seen.slice(0, limit).map(viewOf);
}

function isAnyOver(viewer: Organisation, other: Organisation): boolean {
  return (['own', 'network', 'region'] as const).some((relation) =>
    isOver(viewer, relation, other),
  );
}
