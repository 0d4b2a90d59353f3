import { randomBytes } from 'node:crypto';
import type { Timing } from '../../units/timing.js';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { WarnStore } from '../postgres/warn-store.js';
import { Sights } from '../track/sight.js';
import type { TrackService } from '../track/track-service.js';
import { WarnDesk } from './warn-desk.js';
import { WarnReader } from './warn-reader.js';
import { WarnSights } from './warn-sight.js';
import { EVERY_MS, WarnWatch } from './warn-watch.js';

/** The warnings of a season in this process. */
export interface OpenWarnings {
  readonly store: WarnStore;
  readonly reader: WarnReader;
  readonly sights: WarnSights;
  readonly desk: WarnDesk;
  /** The season's clock. */
  readonly timing: Timing;
  readonly watch: WarnWatch;
}

export interface WarningsOptions {
  readonly database: PostgresDatabase;
  readonly season: GateSeason;
  readonly service: TrackService;
  readonly everyMs?: number;
  readonly onError: (error: unknown) => void;
}

/** Opens the warnings of a season; `watch.start()` begins to assess. */
export function openWarnings(options: WarningsOptions): OpenWarnings {
  const { database, season, service, everyMs = EVERY_MS, onError } = options;
  const store = new WarnStore(database, season.id);
  const reader = new WarnReader(store, season.timing);
  const sights = new WarnSights(service.season, new Sights(service.season));
  const seasonNow = () => season.timing.now();
  const name = `warn-${randomBytes(6).toString('hex')}`;
  return {
    store,
    reader,
    sights,
    timing: season.timing,
    desk: new WarnDesk({ store, reader, sights, seasonNow, now: Date.now }),
    watch: new WarnWatch({ store, service, season, name, everyMs, onError }),
  };
}
