import type { Organisation } from '../../../src/client/api.ts';

export const KINDS = [
  'administration',
  'operator',
  'platform',
  'lastMile',
  'association',
  'analyst',
] as const;
export const LEVELS = ['nation', 'province', 'city'] as const;
export const ROLES = ['viewer', 'dispatcher', 'manager'] as const;

/** GB/T 2260's own code for all of them. */
export const NATION = '000000';

/** An organisation where it stands: below the one above it, as far as both are seen. */
export interface Branch {
  readonly organisation: Organisation;
  /** 0 for those with none above them. */
  readonly depth: number;
}

/** By kind, then each below the one above it; neighbours from the highest level to the lowest, then by region and id. */
export function treeOf(organisations: readonly Organisation[]): Branch[] {
  const ids = new Set(organisations.map(({ id }) => id));
  const below = new Map<string, Organisation[]>();
  for (const organisation of organisations.toSorted(inOrder)) {
    const { parent = '' } = organisation;
    const above = ids.has(parent) ? parent : '';
    const siblings = below.get(above);
    if (siblings) siblings.push(organisation);
    else below.set(above, [organisation]);
  }
  const branches: Branch[] = [];
  const add = (parent: string, depth: number): void => {
    for (const organisation of below.get(parent) ?? []) {
      branches.push({ organisation, depth });
      add(organisation.id, depth + 1);
    }
  };
  add('', 0);
  return branches;
}

function inOrder(a: Organisation, b: Organisation): number {
  return rankText(a) < rankText(b) ? -1 : 1;
}

function rankText({ kind, level, region, id }: Organisation): string {
  return `${KINDS.indexOf(kind)} ${LEVELS.indexOf(level)} ${region} ${id}`;
}

/** Whether a region has another: pairs of zeros at its end stand for any. */
export function isWithin(region: string, code: string): boolean {
  return code.startsWith(region.replace(/(00)+$/, ''));
}

/** Codes that an organisation of a level may be in charge of, below a region; a municipality is province and city in one. */
export function regionsAt(
  level: Organisation['level'],
  region: string,
  codes: readonly string[],
): string[] {
  if (level === 'nation') return [NATION];
  return codes.filter((code) => {
    const isProvince = code.endsWith('0000');
    const fits = level === 'province' ? isProvince : !isProvince || MUNICIPALITY.test(code);
    return fits && isWithin(region, code);
  });
}

const MUNICIPALITY = /^(11|12|31|50|81|82)0000$/;
