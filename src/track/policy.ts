/** Tunables of tracking. */
export interface TrackPolicy {
  /** How much later than its receipt a scan may be stamped, ms (T5): clocks in the field differ. Longer lets a wrong clock move parcels. */
  readonly futureMs: number;
  /** After its end a slot's figures are open for so long, ms (T7). Shorter makes ordinary lateness corrections. */
  readonly closeAfterMs: number;
  /** Parcels that are nowhere leave memory when their last scan is so old, ms. Longer takes memory; shorter reads the history more often. */
  readonly forgetAfterMs: number;
  /** A source from which nothing newer has come is late, ms (T8). */
  readonly staleAfterMs: number;
}

const MINUTE = 60_000;

export const DEFAULT_TRACK_POLICY: TrackPolicy = {
  futureMs: 10 * MINUTE,
  closeAfterMs: 120 * MINUTE,
  forgetAfterMs: 72 * 60 * MINUTE,
  staleAfterMs: 30 * MINUTE,
};
