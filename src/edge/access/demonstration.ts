import type { ClientBase } from 'pg';
import type { Scenario } from '../../network/scenario.js';
import type { Database } from '../postgres/database.js';
import { appendAudit } from './audit.js';
import { isOrganisationId } from './handles.js';
import { addOrganisation, type NewOrganisation } from './organisations.js';
import { hashPassword, newPassword } from './passwords.js';
import type { Role } from './principal.js';

/** Operators and shippers of a scenario that get people: as many as one looks at. */
const SHOWN_MOST = 20;

const PEOPLE: readonly { readonly login: string; readonly role: Role }[] = [
  { login: 'manager-1', role: 'manager' },
  { login: 'duty-1', role: 'dispatcher' },
  { login: 'viewer-1', role: 'viewer' },
];

/** Made-up organisations of a made-up season, and how to sign in as any of their people. */
export interface Demonstration {
  readonly organisations: readonly NewOrganisation[];
  readonly logins: readonly string[];
  /** Of everybody; another one each time. */
  readonly password: string;
}

/**
 * Makes one organisation of each kind and level around the scenario's largest hub, its operators and shippers, and
 * lets people sign in to each. Only a database that knows no other organisations is a demonstration's:
 * elsewhere nothing is made, and undefined returned.
 *
 * @param now milliseconds since 1970.
 */
export async function prepareDemonstration(
  database: Database,
  scenario: Scenario,
  now: number,
): Promise<Demonstration | undefined> {
  const known = await database.transact({ as: 'keeper' }, listKnown);
  if (known.some(({ demonstration }) => !demonstration)) return undefined;
  const organisations = organisationsOf(scenario);
  const isThere = new Set(known.map(({ id }) => id));
  for (const each of organisations.filter(({ id }) => !isThere.has(id))) {
    await addOrganisation(database, 'demonstration', { ...each, demonstration: true }, now);
  }
  const password = newPassword();
  const hash = await hashPassword(password);
  await database.transact({ as: 'keeper' }, (client) => letIn(client, organisations, hash, now));
  return { organisations, logins: PEOPLE.map(({ login }) => login), password };
}

async function listKnown(client: ClientBase): Promise<{ id: string; demonstration: boolean }[]> {
  const { rows } = await client.query<{ id: string; demonstration: boolean }>(
    'SELECT id, demonstration FROM organisation',
  );
  return rows;
}

/** In the order in which they can be made: whoever is above comes first. */
function organisationsOf(scenario: Scenario): NewOrganisation[] {
  const nation = { level: 'nation', region: '000000' } as const;
  const city = regionOfLargestHub(scenario);
  const province = city && `${city.slice(0, 2)}0000`;
  const operators = namesOf(scenario.pairs.operators);
  const administrations = offices('SPB', 'administration', province, city);
  const networks = operators.flatMap((operator, i) =>
    i === 0
      ? offices(operator, 'operator', province, city)
      : [{ id: operator, kind: 'operator' as const, ...nation }],
  );
  const platforms = namesOf(scenario.demand.shippers).map((id) => ({
    id,
    kind: 'platform' as const,
    ...nation,
  }));
  const others = city
    ? ([
        { id: `stations-${city}`, kind: 'lastMile', level: 'city', region: city },
        { id: `association-${city}`, kind: 'association', level: 'city', region: city },
      ] as const)
    : [];
  const analysts = { id: 'analysts', kind: 'analyst', ...nation } as const;
  const all = [...administrations, ...networks, ...platforms, ...others, analysts];
  return all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
}

/** At each level down to a city; a municipality is province and city in one. */
function offices(
  id: string,
  kind: 'administration' | 'operator',
  province: string | undefined,
  city: string | undefined,
): NewOrganisation[] {
  const top = { id, kind, level: 'nation', region: '000000' } as const;
  if (!province || !city) return [top];
  const middle = {
    id: `${id}-${province}`,
    kind,
    level: 'province',
    region: province,
    parent: id,
  } as const;
  if (city === province) return [top, middle];
  return [
    top,
    middle,
    { id: `${id}-${city}`, kind, level: 'city', region: city, parent: middle.id },
  ];
}

function regionOfLargestHub({ resources }: Scenario): string | undefined {
  const { kind, capacity, region } = resources;
  let largest = -1;
  for (const [r, each] of kind.entries()) {
    const isOne = each === 'hub' && /^(?!00)\d{6}$/.test(region[r]);
    if (isOne && (largest < 0 || capacity[r] > capacity[largest])) largest = r;
  }
  return region[largest];
}

function namesOf(names: { list(): string[] }): string[] {
  return names.list().filter(isOrganisationId).slice(0, SHOWN_MOST);
}

/** People of each, with one password; sessions of the one before end. */
async function letIn(
  client: ClientBase,
  organisations: readonly NewOrganisation[],
  hash: string,
  now: number,
): Promise<void> {
  const ids = organisations.map(({ id }) => id);
  for (const { login, role } of PEOPLE) {
    await client.query(
      `INSERT INTO account (organisation, login, role, password)
       SELECT id, $2, $3, $4 FROM unnest($1::text[]) AS t (id)
       ON CONFLICT (organisation, login) DO UPDATE SET role = $3, password = $4, suspended = false`,
      [ids, login, role, hash],
    );
  }
  await client.query('DELETE FROM session WHERE organisation = ANY ($1)', [ids]);
  const act = { actor: 'demonstration', action: 'account.add', detail: {} } as const;
  const acts = ids.flatMap((organisation) =>
    PEOPLE.map(({ login }) => ({ ...act, organisation, subject: login })),
  );
  await appendAudit(client, now, acts);
}
