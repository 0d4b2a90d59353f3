/** What each level has a threshold of. */
export const THRESHOLDS = ['chance', 'withinHours', 'floorShare', 'capacityHours'] as const;

/** The policy's other numbers by their path, in the order in which they are told. */
export const RULES = [
  'breachChance',
  'sustainedAbove',
  'sustainedHours',
  'areaShare',
  'margin',
  'lowerAfterHours',
  'leastHours',
  'costs.addCapacity',
  'costs.clearStock',
  'limits.addCapacity',
  'limits.clearStock',
  'limits.floorShare',
] as const;

const SHARES: ReadonlySet<string> = new Set([
  'chance',
  'floorShare',
  'breachChance',
  'sustainedAbove',
  'areaShare',
  'margin',
  'limits.addCapacity',
  'limits.clearStock',
  'limits.floorShare',
]);

/** Shares are told as per cent; all else is hours, or costs. */
export function isShare(field: (typeof THRESHOLDS | typeof RULES)[number]): boolean {
  return SHARES.has(field);
}
