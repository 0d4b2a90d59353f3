import type { Demonstration } from '../access/demonstration.js';

/** Who can be signed in as: the organisations are made up, as the season is. */
export function demonstrationLines({ organisations, logins, password }: Demonstration): string[] {
  const kinds = new Map<string, string[]>();
  for (const { id, kind } of organisations) kinds.set(kind, [...(kinds.get(kind) ?? []), id]);
  return [
    'Made-up organisations, for trying things out (示例机构):',
    ...[...kinds].map(([kind, ids]) => `  ${kind.padEnd(15)} ${ids.join(' ')}`),
    `  sign in as      ${logins.join(', ')} of any, password ${password} (new at each start)`,
  ];
}
