import { LIMITS } from '../../src/edge/http/gate/limits.js';
import type { LiveDesks } from '../../src/edge/http/live-routes.js';
import type { LiveWarningDesks } from '../../src/edge/http/live-warnings.js';
import type { ServedSeason } from '../../src/edge/http/served-season.js';
import { sendToService } from '../../src/edge/track/replay/send-to-service.js';
import { Sights } from '../../src/edge/track/sight.js';
import { WarnSights } from '../../src/edge/warn/warn-sight.js';
import type { Warning, WarningLevel } from '../../src/warn/warning.js';
import { type ConsoleServer, consoleServer } from './console-server.js';
import { FakeTracking, msOfSlot, type TestClock, testTrackSeason } from './fake-tracking.js';
import { servedSeason } from './served-season.js';

/** Parcels that each tracked one stands for: eight fill half of a floor of 160. */
export const SCALE = 10;

/** The season of served-season.ts as it lives, with a clock that is moved by hand; it is five past ten. */
export class LiveWorld {
  warnings: Warning[] = [];
  readonly #stopping = new AbortController();
  #parcels = 0;

  private constructor(
    readonly clock: TestClock,
    readonly service: FakeTracking,
    private readonly season: ServedSeason,
  ) {}

  static async make(): Promise<LiveWorld> {
    const season = await servedSeason();
    const clock = { now: msOfSlot(10) + 300_000 };
    const service = new FakeTracking(testTrackSeason(clock, 1, season.scenario));
    return new LiveWorld(clock, service, season);
  }

  /** The server, not yet listening. `console`: folder of the built pages. */
  server(console: string, live: Partial<LiveDesks> = {}): Promise<ConsoleServer> {
    const { season, service } = this;
    const limits = { ...LIMITS, pictureMs: 50, heartbeatMs: 200 };
    const desks = { service, scale: SCALE, limits, stopping: this.#stopping.signal, ...live };
    return consoleServer({ season, console, live: desks });
  }

  /** So many parcels come to a hub, scanned `agoMs` before now; those that have gone since are bound for `to`. */
  async come(hub: string, parcels: number, { agoMs = 60_000, to = '' } = {}): Promise<void> {
    const [operator] = hub.split('/');
    const at = this.clock.now - agoMs;
    const lines = Array.from({ length: parcels }, () => {
      this.#parcels += 1;
      const scan = { operator, parcel: `P${this.#parcels}`, resource: hub };
      const arrived = JSON.stringify({ ...scan, kind: 'arrived', at });
      const departed = JSON.stringify({ ...scan, kind: 'departed', to, at: at + 1000 });
      return to === '' ? `${arrived}\n` : `${arrived}\n${departed}\n`;
    });
    await sendToService(this.service)(operator, Buffer.from(lines.join('')));
  }

  /** What answers for warnings: those of `warnings`. */
  desk(): LiveWarningDesks {
    const { service, clock } = this;
    return {
      reader: { open: async () => ({ seq: 1, at: clock.now - 7000, warnings: this.warnings }) },
      store: { policy: async () => undefined },
      sights: new WarnSights(service.season, new Sights(service.season)),
      timing: service.season.timing,
    };
  }

  /** A warning of a hub in Hangzhou: overflow in six hours, most of it from Beijing. */
  warn(level: WarningLevel, number = 1): void {
    this.warnings.push({
      id: `w${number}`,
      subject: { kind: 'resource', id: 'ZTO/hub/330100-1' },
      level,
      policyVersion: 1,
      issuedAt: msOfSlot(9),
      endedAt: undefined,
      reach: 'province',
      events: [{ at: msOfSlot(9), act: 'issued', level }],
      assessment: {
        subject: { kind: 'resource', id: 'ZTO/hub/330100-1' },
        level,
        keeps: level,
        basis: 'onTheWay',
        shape: 'peak',
        breachAt: this.clock.now + 6 * 3_600_000,
        chance: 0.75,
        floorShare: 1.25,
        capacityHours: 5,
        causes: [
          { kind: 'stock', parcels: 30 },
          { kind: 'onTheWay', resource: 'ZTO/hub/110000-1', parcels: 170 },
        ],
        cure: {
          kind: 'holdReleases',
          resource: 'ZTO/hub/110000-1',
          parcels: 40,
          cost: 120,
          averts: true,
        },
        owner: { operator: 'ZTO', region: '330100' },
      },
    });
  }

  /** Ends what waits for changes. */
  stop(): void {
    this.#stopping.abort();
  }
}
