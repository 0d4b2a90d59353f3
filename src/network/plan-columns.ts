/** Columns of a plan's tables, in the order of docs/spec/release-planning.md, section 5. */
export const RELEASE_COLUMNS = [
  'shipper',
  'service',
  'operator',
  'origin',
  'destination',
  'readySlot',
  'releaseSlot',
  'route',
  'parcels',
] as const;

export const PRICE_COLUMNS = ['resource', 'slot', 'price'] as const;

/** The file that tells a plan folder from any other. */
export const PLAN_FILE = 'plan.json';
