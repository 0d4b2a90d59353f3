import { randomBytes } from 'node:crypto';
import type { GateSeason } from '../gate/season.js';
import type { PostgresDatabase } from '../postgres/connect.js';
import { WarnStore } from '../postgres/warn-store.js';
import type { TrackService } from '../track/track-service.js';
import { type WarnDesks, warnDesks } from './warn-desks.js';
import { EVERY_MS, WarnWatch } from './warn-watch.js';

/** The warnings of a season in this process. */
export interface OpenWarnings {
  readonly desks: WarnDesks;
  readonly watch: WarnWatch;
}

export interface WarningsOptions {
  readonly database: PostgresDatabase;
  readonly season: GateSeason;
  readonly service: TrackService;
  /** Parcels that each tracked one stands for: 1, but where a made-up season is followed by sample. */
  readonly scale: number;
  readonly onError: (error: unknown) => void;
}

/** Opens the warnings of a season; `watch.start()` begins to assess. */
export function openWarnings({
  database,
  season,
  service,
  scale,
  onError,
}: WarningsOptions): OpenWarnings {
  const store = new WarnStore(database, season.id);
  const name = `warn-${randomBytes(6).toString('hex')}`;
  return {
    desks: warnDesks(store, service.season, Date.now),
    watch: new WarnWatch({
      database,
      store,
      service,
      season,
      name,
      scale,
      everyMs: EVERY_MS,
      onError,
    }),
  };
}
