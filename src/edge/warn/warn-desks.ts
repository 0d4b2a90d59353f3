import type { Timing } from '../../units/timing.js';
import type { WarnStore } from '../postgres/warn-store.js';
import { Sights } from '../track/sight.js';
import type { TrackSeason } from '../track/track-season.js';
import { WarnDesk } from './warn-desk.js';
import { WarnReader } from './warn-reader.js';
import { WarnSights } from './warn-sight.js';

/** What answers who asks for the warnings of a season, and does what people do to them. */
export interface WarnDesks {
  readonly desk: WarnDesk;
  readonly reader: WarnReader;
  readonly sights: WarnSights;
  readonly store: WarnStore;
  /** The season's clock. */
  readonly timing: Timing;
}

/** @param now the machine's clock, for the audit log. */
export function warnDesks(store: WarnStore, season: TrackSeason, now: () => number): WarnDesks {
  const { timing } = season;
  const reader = new WarnReader(store, timing);
  const sights = new WarnSights(season, new Sights(season));
  const seasonNow = () => timing.now();
  const desk = new WarnDesk({ store, reader, sights, seasonNow, now });
  return { desk, reader, sights, store, timing };
}
