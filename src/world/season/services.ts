import type { Service } from '../../network/scenario.js';

/**
 * Classes of parcels: modelled. Holding a timed parcel costs three times a standard one and grows
 * with its age; the promise is the time by which it should have been released, 48 hours for standard
 * as platforms publish, later ones for promotions.
 */
export function seasonServices(slotMinutes: number): Service[] {
  const slots = (hours: number): number => (hours * 60) / slotMinutes;
  return [
    { id: 'standard', weight: 1, promise: slots(48), late: 1, growth: 0 },
    { id: 'promotion', weight: 0.6, promise: slots(72), late: 1, growth: 0 },
    { id: 'timed', weight: 3, promise: slots(24), late: 2, growth: 0.01 },
  ];
}

/** Shares of the services, in the order above: modelled. SF carries mostly timed parcels. */
const MIX = [0.58, 0.37, 0.05];
const MIX_BY_OPERATOR: Readonly<Record<string, readonly number[]>> = { SF: [0.45, 0.1, 0.45] };
/** Part of all parcels below which a service is not told apart from standard in a pair: modelled. */
const LEAST_PART = 3e-7;

/** The mix of an operator's pair that carries `part` of all parcels. */
export function serviceMix(operator: string, part: number): number[] {
  const mix = MIX_BY_OPERATOR[operator] ?? MIX;
  return mix.map((share, i) => (i === 0 || part * share >= LEAST_PART ? share : 0));
}
