import { KINDS } from '../../../track/scans.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { SlotFlow } from '../../track/track-service.js';

/** A flow in a slot, by names of kinds (FlowsAnswer in schema.ts). */
export function flowView(
  { scenario, network }: TrackSeason,
  { slot, scans, isClosed, corrections }: SlotFlow,
): object {
  const start = Date.parse(scenario.start) + slot * network.slotMs;
  return {
    slotStart: new Date(start).toISOString(),
    slotEnd: new Date(start + network.slotMs).toISOString(),
    closed: isClosed,
    scans: byKind(scans),
    corrections: byKind(corrections),
  };
}

function byKind(counts: readonly number[]): object {
  return Object.fromEntries(KINDS.map((kind, k) => [kind, counts[k]]));
}
