import type { Scenario } from '../network/scenario.js';

/**
 * When a slot starts, as the clock on the wall there shows it: `11-12 03:00`, in the offset of the
 * scenario's own `start`. Any slot, negative ones too.
 */
export function slotTime({ start, slotMinutes }: Scenario, slot: number): string {
  const offset = /([+-])(\d\d):?(\d\d)$/.exec(start);
  const minutes = offset
    ? Number(`${offset[1]}1`) * (60 * Number(offset[2]) + Number(offset[3]))
    : 0;
  const local = Date.parse(start) + (slot * slotMinutes + minutes) * 60_000;
  return new Date(local).toISOString().slice(5, 16).replace('T', ' ');
}
