import type { ClientBase } from 'pg';
import type { Database } from '../postgres/database.js';
import { actsOf, appendAudit } from './audit.js';
import { looksPersonal } from './handles.js';
import { digitsOf, type Principal } from './principal.js';
import { conflict, notThere, wrong } from './refusals.js';
import { type Concerned, isRelated } from './relations.js';
import { newId } from './secrets.js';

/** What an operator says that a resource takes in each of some slots. */
export interface NewDeclaration {
  readonly resource: string;
  /** The resource's, by the scenario. */
  readonly operator: string;
  readonly region: string;
  /** Parcels per slot that it is licensed for: the scenario's capacity. */
  readonly licensed: number;
  /** Parcels per slot that count in all of these slots by an earlier declaration: up to them nobody need approve. */
  readonly approved?: number;
  /** Starts of the first slot and of the one after the last. */
  readonly from: Date;
  readonly until: Date;
  /** Parcels per slot. */
  readonly parcels: number;
  readonly reason: string;
  /** Until when it counts; left out: until it is withdrawn or another takes its place. */
  readonly validUntil?: Date;
}

/**
 * - in force: at most what is licensed, or counts already, so at once;
 * - waiting: above it, until an administration has approved or rejected it;
 * - withdrawn: by the operator; superseded: a later one covers all of its slots.
 */
export type DeclarationState =
  | 'in force'
  | 'waiting'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'superseded';

export interface Declaration extends Omit<NewDeclaration, 'validUntil' | 'approved'> {
  readonly organisation: string;
  readonly id: string;
  readonly state: DeclarationState;
  /** Office and account or key, `ZTO/duty-1`. */
  readonly declaredBy: string;
  readonly declaredAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decidedReason: string | null;
  readonly validUntil: Date | null;
}

const COLUMNS = `organisation, id, resource, operator, region, licensed, slots_from AS "from",
  slots_until AS "until", parcels, reason, state, declared_by AS "declaredBy", declared_at AS "declaredAt",
  decided_by AS "decidedBy", decided_at AS "decidedAt",
  decided_reason AS "decidedReason", valid_until AS "validUntil"`;
const COUNTS = `state IN ('in force', 'approved')`;

/**
 * Writes declarations down, all or none. What is at most licensed counts at once, the rest waits.
 *
 * @throws Problem 404 for a resource outside the office's network, 422
 */
export async function declareCapacities(
  database: Database,
  by: Principal,
  declared: readonly NewDeclaration[],
  now: number,
): Promise<Declaration[]> {
  for (const each of declared) check(by, each, now);
  const { organisation } = by;
  return database.transact({ as: 'member', organisation: organisation.id }, async (client) => {
    const made: Declaration[] = [];
    for (const each of declared) {
      const declaration = await insert(client, by, each, now);
      if (declaration.state === 'in force') await supersede(client, declaration);
      made.push(declaration);
    }
    const acts = made.flatMap(({ id, resource, parcels, from, until, reason, state }) =>
      actsOf(by, organisation.id, 'capacity.declare', id, {
        resource,
        parcels,
        from: from.toISOString(),
        until: until.toISOString(),
        reason,
        state,
      }),
    );
    await appendAudit(client, now, acts);
    return made;
  });
}

function check(by: Principal, declared: NewDeclaration, now: number): void {
  const { operator, region, from, until, reason, validUntil } = declared;
  if (!isRelated(by.organisation, 'network', { operator, regions: [region] })) {
    throw notThere('resource');
  }
  if (!(from < until)) throw wrong('until', 'It must be after the start of the first slot.');
  if (validUntil && !(validUntil.getTime() > now)) {
    throw wrong('validUntil', 'It must be in the future.');
  }
  if (looksPersonal(reason))
    throw wrong('reason', 'A reason says nothing of people, nor waybill numbers.');
}

async function insert(
  client: ClientBase,
  { organisation, actor }: Principal,
  declared: NewDeclaration,
  now: number,
): Promise<Declaration> {
  const { resource, operator, region, licensed, from, until, parcels, reason } = declared;
  const { rows } = await client.query<Declaration>(
    `INSERT INTO capacity_declaration (organisation, id, resource, operator, region, licensed, slots_from,
       slots_until, parcels, reason, state, declared_by, declared_at, valid_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING ${COLUMNS}`,
    [
      organisation.id,
      newId('capacity'),
      resource,
      operator,
      region,
      licensed,
      from,
      until,
      parcels,
      reason,
      parcels > Math.max(licensed, declared.approved ?? 0) ? 'waiting' : 'in force',
      `${organisation.id}/${actor}`,
      new Date(now),
      declared.validUntil ?? null,
    ],
  );
  return rows[0];
}

/** Earlier ones of the same office that nothing is left of; one that ends by itself leaves what is below it. */
async function supersede(
  client: ClientBase,
  { organisation, id, ...by }: Declaration,
): Promise<void> {
  if (by.validUntil) return;
  await client.query(
    `UPDATE capacity_declaration SET state = 'superseded' WHERE organisation = $1 AND id <> $2 AND ${COUNTS}
       AND resource = $3 AND slots_from >= $4 AND slots_until <= $5`,
    [organisation, id, by.resource, by.from, by.until],
  );
}

/** What a declaration concerns, for the guard. */
export async function findDeclaration(
  database: Database,
  id: string,
): Promise<Concerned | undefined> {
  const found = await database.transact({ as: 'keeper' }, (client) => find(client, id));
  return found && { owner: found.organisation, operator: found.operator, regions: [found.region] };
}

async function find(client: ClientBase, id: string, lock = ''): Promise<Declaration | undefined> {
  const { rows } = await client.query<Declaration>(
    `SELECT ${COLUMNS} FROM capacity_declaration WHERE id = $1 ${lock}`,
    [id],
  );
  return rows[0];
}

/**
 * Approves, rejects or withdraws; that the principal may is the guard's to see to. What is approved counts from
 * now on, after all that came before.
 *
 * @throws Problem 404; 409 where it stands otherwise; 422
 */
export async function decideDeclaration(
  database: Database,
  by: Principal,
  id: string,
  { to, reason }: { readonly to: 'approved' | 'rejected' | 'withdrawn'; readonly reason: string },
  now: number,
): Promise<Declaration> {
  if (looksPersonal(reason)) throw wrong('reason', 'A reason says nothing of people.');
  return database.transact({ as: 'keeper' }, async (client) => {
    const before = await find(client, id, 'FOR UPDATE');
    if (!before) throw notThere('declaration');
    const from = to === 'withdrawn' ? ['in force', 'approved', 'waiting'] : ['waiting'];
    if (!from.includes(before.state)) throw conflict(`The declaration is ${before.state}.`);
    const { rows } = await client.query<Declaration>(
      `UPDATE capacity_declaration SET state = $3, decided_by = $4, decided_at = $5, decided_reason = $6, number = DEFAULT
       WHERE organisation = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [before.organisation, id, to, `${by.organisation.id}/${by.actor}`, new Date(now), reason],
    );
    if (to === 'approved') await supersede(client, rows[0]);
    const action = ACTIONS[to];
    await appendAudit(client, now, actsOf(by, before.organisation, action, id, { reason }));
    return rows[0];
  });
}

const ACTIONS = {
  approved: 'capacity.approve',
  rejected: 'capacity.reject',
  withdrawn: 'capacity.withdraw',
} as const;

export interface DeclarationFilter {
  readonly resource?: string;
  readonly state?: DeclarationState;
}

/** Those that concern the viewer, newest first, before one of them. */
export async function listDeclarations(
  database: Database,
  { organisation }: Principal,
  { resource, state }: DeclarationFilter,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<Declaration[]> {
  const { kind, operator, region } = organisation;
  if (kind !== 'administration' && operator === undefined) return [];
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<Declaration>(
      `SELECT ${COLUMNS} FROM capacity_declaration
       WHERE ($1::text IS NULL OR operator = $1) AND starts_with(region, $2)
         AND ($3::text IS NULL OR resource = $3) AND ($4::text IS NULL OR state = $4)
         AND ($5::text IS NULL OR number < (SELECT number FROM capacity_declaration WHERE id = $5))
       ORDER BY number DESC LIMIT $6`,
      [operator ?? null, digitsOf(region), resource ?? null, state ?? null, before ?? null, limit],
    ),
  );
  return rows;
}

/** All that count at an instant, in the order in which they came into force: of a slot, the last one counts. */
export async function listInForce(
  database: Database,
  now: number,
  resource?: string,
): Promise<Declaration[]> {
  const { rows } = await database.transact({ as: 'keeper' }, (client) =>
    client.query<Declaration>(
      `SELECT ${COLUMNS} FROM capacity_declaration WHERE ${COUNTS}
         AND (valid_until IS NULL OR valid_until > $1) AND ($2::text IS NULL OR resource = $2) ORDER BY number`,
      [new Date(now), resource ?? null],
    ),
  );
  return rows;
}
