import { type GateSeason, openSeason } from '../../src/edge/gate/season.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { WarnStore } from '../../src/edge/postgres/warn-store.js';
import { trackSeason } from '../../src/edge/track/track-season.js';
import { warnDesks } from '../../src/edge/warn/warn-desks.js';
import { WarnWatch } from '../../src/edge/warn/warn-watch.js';
import type { Assessment, Subject, WarningLevel } from '../../src/warn/warning.js';
import { FakeTracking, msOfSlot, TRACK_WORLD } from './fake-tracking.js';
import { scenarioFrom } from './scenario-from.js';

export const HOUR_MS = 3_600_000;

const KINDS: Readonly<Record<string, Subject['kind']>> = {
  A: 'operator',
  '000000': 'nation',
  '330000': 'province',
  '330100': 'city',
};
const OWNERS: Readonly<Record<string, Assessment['owner']>> = {
  'A/hub/HZ': { operator: 'A', region: '330100' },
  'A/hub/SZ': { operator: 'A', region: '440300' },
  'B/hub': { operator: 'B', region: '330100' },
  A: { operator: 'A', region: '000000' },
};

/** What somebody would say of a subject of TRACK_WORLD. */
export function assessed(id: string, level: WarningLevel | undefined): Assessment {
  return {
    subject: { kind: KINDS[id] ?? 'resource', id },
    level,
    keeps: level ?? 'blue',
    basis: 'onTheWay',
    shape: 'peak',
    breachAt: msOfSlot(20),
    chance: 0.75,
    floorShare: 1.25,
    capacityHours: Number.POSITIVE_INFINITY,
    causes: [{ kind: 'onTheWay', resource: 'A/hub/SZ', parcels: 30 }],
    cure: { kind: 'holdReleases', resource: 'A/hub/HZ', parcels: 12, cost: 24, averts: true },
    owner: OWNERS[id] ?? { region: id },
  };
}

function onError(error: unknown): never {
  throw error;
}

/** Warnings of TRACK_WORLD on a database, as several processes have them, with a clock that is moved by hand. */
export class WarnProcesses {
  readonly clock = { now: msOfSlot(10) };
  /** What the next assessment says, whoever makes it. */
  says: readonly Assessment[] = [];

  private constructor(
    readonly database: PostgresDatabase,
    readonly season: GateSeason,
  ) {}

  static async open(database: PostgresDatabase): Promise<WarnProcesses> {
    const season = await openSeason(database, scenarioFrom(TRACK_WORLD), false);
    return new WarnProcesses(database, season);
  }

  /** The warnings as a process has them that has just begun. */
  process(name: string) {
    const timing = { ...this.season.timing, now: () => this.clock.now };
    const season = { ...this.season, timing };
    const track = trackSeason(season, { logs: 1, key: Buffer.alloc(32, 7) });
    const service = new FakeTracking(track);
    const store = new WarnStore(this.database, season.id);
    const assess = async (): Promise<readonly [number, Assessment[]]> => [
      this.clock.now,
      [...this.says],
    ];
    const { database } = this;
    const watched = { database, store, service, season, name, scale: 1, everyMs: 1000, onError };
    return {
      ...warnDesks(store, track, () => this.clock.now),
      service,
      watch: new WarnWatch({ ...watched, assess }),
      /** The watch as the program has it. */
      real: new WarnWatch(watched),
    };
  }
}
