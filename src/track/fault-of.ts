import type { TrackPolicy } from './policy.js';
import { KINDS_MOST, Reason, type ScanBatch, UNKNOWN } from './scans.js';
import { STAMPS_MOST, type TrackNetwork } from './track-network.js';

/**
 * Why a scan is quarantined by itself, or `none` (T5). Reads nothing but what was recorded at receipt, so that a
 * replay decides the same: the moment of receipt is the batch's, and a name that was unknown then is recorded so.
 *
 * @throws Error if a number is not one of the network's: that is no bad scan, but a log of another network.
 */
export function faultOf(
  batch: ScanBatch,
  i: number,
  network: TrackNetwork,
  policy: TrackPolicy,
): number {
  if (batch.unparsable[i] !== 0) return Reason.unparsable;
  if (batch.operator[i] < 0) return Reason.unknownOperator;
  if (batch.kind[i] === 0) return Reason.unknownKind;
  if (batch.resource[i] < 0 || batch.to[i] === UNKNOWN) return Reason.unknownResource;
  const stamp = batch.at[i] - network.startMs;
  if (!(stamp >= 0 && stamp < STAMPS_MOST)) return Reason.outOfSeason;
  if (batch.at[i] > batch.receivedAt + policy.futureMs) return Reason.future;
  if (
    batch.resource[i] >= network.resources ||
    batch.to[i] >= network.resources ||
    batch.operator[i] >= network.operators ||
    batch.kind[i] > KINDS_MOST
  ) {
    throw new Error(`scan ${i} of batch ${batch.seq} names what the network does not have`);
  }
  return Reason.none;
}
