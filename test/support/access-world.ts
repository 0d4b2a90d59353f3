import { addKey } from '../../src/edge/access/keys.js';
import { addOrganisation, type NewOrganisation } from '../../src/edge/access/organisations.js';
import type { Role } from '../../src/edge/access/principal.js';
import type { Database } from '../../src/edge/postgres/database.js';

/** 2020-11-11, midnight in China. */
export const NOW = Date.parse('2020-11-11T00:00:00+08:00');

/** Two regions, of Zhejiang and Guangdong, with whoever is in charge there, and organisations without a region. */
export const ORGANISATIONS: readonly NewOrganisation[] = [
  { id: 'SPB', kind: 'administration', level: 'nation', region: '000000' },
  { id: 'ZJPA', kind: 'administration', level: 'province', region: '330000', parent: 'SPB' },
  { id: 'HZPA', kind: 'administration', level: 'city', region: '330100', parent: 'ZJPA' },
  { id: 'GDPA', kind: 'administration', level: 'province', region: '440000', parent: 'SPB' },
  { id: 'ZTO', kind: 'operator', level: 'nation', region: '000000' },
  { id: 'ZTO-ZJ', kind: 'operator', level: 'province', region: '330000', parent: 'ZTO' },
  { id: 'ZTO-HZ', kind: 'operator', level: 'city', region: '330100', parent: 'ZTO-ZJ' },
  { id: 'YTO', kind: 'operator', level: 'nation', region: '000000' },
  { id: 'P1', kind: 'platform', level: 'nation', region: '000000' },
  { id: 'P2', kind: 'platform', level: 'city', region: '330100' },
  { id: 'HZ-LOCKERS', kind: 'lastMile', level: 'city', region: '330100' },
  { id: 'ZJ-EXPRESS', kind: 'association', level: 'province', region: '330000' },
  { id: 'LAB', kind: 'analyst', level: 'nation', region: '000000' },
];

export async function makeOrganisations(
  database: Database,
  organisations: readonly NewOrganisation[] = ORGANISATIONS,
): Promise<void> {
  for (const each of organisations) await addOrganisation(database, 'command-line', each, NOW);
}

/** A key of an organisation; gives its secret. */
export async function makeKey(
  database: Database,
  organisation: string,
  role: Role = 'dispatcher',
): Promise<string> {
  const key = await addKey(database, 'command-line', organisation, { label: 'test', role }, NOW);
  return key.secret;
}
