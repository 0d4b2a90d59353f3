import type { WarnPolicy } from './warn-policy.js';

/**
 * Assumed: no authority has set these numbers. Hours of own capacity are 24, 48, 72 and 168 as in plans that grade backlog by them;
 * chances and shares of the floor were chosen on simulated seasons (docs/maths/warn.md#policy). The same as data/warnings/policy.json.
 */
export const DEFAULT_WARN_POLICY: WarnPolicy = {
  version: 1,
  since: '2020-11-01',
  basis: 'assumed',
  levels: {
    blue: { chance: 0.2, withinHours: 24, floorShare: 0.85, capacityHours: 24 },
    yellow: { chance: 0.5, withinHours: 24, floorShare: 1, capacityHours: 48 },
    orange: { chance: 0.8, withinHours: 12, floorShare: 1.5, capacityHours: 72 },
    red: { chance: 0.9, withinHours: 4, floorShare: 2.5, capacityHours: 168 },
  },
  breachChance: 0.5,
  sustainedAbove: 0.9,
  sustainedHours: 6,
  areaShare: 0.3,
  margin: 0.85,
  lowerAfterHours: 3,
  leastHours: 2,
  costs: { addCapacity: 6, clearStock: 12 },
  limits: { addCapacity: 0.2, clearStock: 0.25, floorShare: 0.95 },
  escalation: [
    { to: 'province', level: 'orange', afterHours: 2, unlessAcknowledged: true },
    { to: 'province', level: 'red', afterHours: 0, unlessAcknowledged: false },
    { to: 'nation', level: 'red', afterHours: 6, unlessAcknowledged: false },
  ],
};
