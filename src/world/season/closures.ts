import type { Closure, ClosureKind } from './closure-file.js';
import type { Plant, ResourceKind } from './plant.js';

/** What each kind touches: an outbreak the people, rationing the sorting machines, weather the roads. */
const TOUCHES: Readonly<Record<ClosureKind, readonly ResourceKind[]>> = {
  epidemic: ['pickup', 'hub', 'delivery'],
  power: ['hub'],
  weather: ['lane'],
};

export interface Overrides {
  readonly resource: Int32Array;
  readonly slot: Int32Array;
  readonly capacity: Int32Array;
}

/** Capacities while closures hold, by (resource, slot); where several do, the lowest counts. */
export function closePlant(
  closures: readonly Closure[],
  plant: Plant,
  capacity: Float64Array,
  slotMinutes: number,
  startHour: number,
): Overrides {
  const lowest = new Map<number, Map<number, number>>();
  for (const closure of closures) {
    const slots = listSlots(closure, slotMinutes, startHour);
    for (const [r, resource] of plant.resources.entries()) {
      if (!TOUCHES[closure.kind].includes(resource.kind)) continue;
      if (!closure.regions.some((region) => resource.city.code.startsWith(region))) continue;
      const left = Math.floor(capacity[r] * closure.remaining);
      const own = lowest.get(r) ?? new Map<number, number>();
      for (const t of slots) own.set(t, Math.min(left, own.get(t) ?? Infinity));
      lowest.set(r, own);
    }
  }
  const rows = [...lowest].flatMap(([r, own]) => [...own].map(([t, left]) => [r, t, left]));
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const column = (i: number): Int32Array => Int32Array.from(rows, (row) => row[i]);
  return { resource: column(0), slot: column(1), capacity: column(2) };
}

/** Slots that begin while the closure holds. */
function listSlots(closure: Closure, slotMinutes: number, startHour: number): number[] {
  const [from, until] = closure.daily ?? [0, 24];
  const slots: number[] = [];
  for (let t = 0; (t * slotMinutes) / 60 < closure.untilHour; t++) {
    const hour = (t * slotMinutes) / 60;
    const local = (startHour + hour) % 24;
    if (hour >= closure.fromHour && local >= from && local < until) slots.push(t);
  }
  return slots;
}
