import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { TALLIES, type Tally } from '../../../track/sources.js';
import type { LogStatus, Picture, TrackService } from '../../track/track-service.js';
import type { PictureBoard } from './picture-board.js';
import type { ScanTurns } from './scan-turns.js';

/** What Prometheus reads of tracking. */
export class TrackMetrics {
  readonly #scans: Counter<'outcome'>;
  readonly #batch: Histogram;

  constructor(registry: Registry, service: TrackService, turns: ScanTurns, board: PictureBoard) {
    const registers = [registry];
    this.#scans = new Counter({
      name: 'cuofeng_track_scans_total',
      help: 'Scans by what became of them; received is their sum',
      labelNames: ['outcome'],
      registers,
    });
    this.#batch = new Histogram({
      name: 'cuofeng_track_batch_scans',
      help: 'Scans of one call',
      buckets: [1, 10, 100, 300, 500, 1000, 3000, 10_000],
      registers,
    });
    for (const [name, help, value] of OF_LOGS) {
      const collect = function (this: Gauge<'log'>): void {
        this.reset();
        for (const log of service.status()) this.set({ log: log.log }, value(log));
      };
      gauge(registry, name, help, collect, ['log']);
    }
    for (const [name, help, value] of OF_TURNS) {
      gauge(registry, name, help, function (this: Gauge): void {
        this.set(value(turns));
      });
    }
    for (const [name, help, value] of OF_NETWORK) {
      gauge(registry, name, help, async function (this: Gauge): Promise<void> {
        const picture = await board.picture().catch(() => undefined);
        // A figure that is not known is not told as one that is.
        this.set(picture ? value(picture) : Number.NaN);
      });
    }
  }

  countTaken(tally: Tally): void {
    this.#batch.observe(tally.received);
    for (const outcome of TALLIES) {
      if (tally[outcome] > 0) this.#scans.inc({ outcome }, tally[outcome]);
    }
  }
}

/** Name behind cuofeng_track_, help, and the figure. */
type Figure<T> = readonly [name: string, help: string, value: (of: T) => number];

const OF_LOGS: readonly Figure<LogStatus>[] = [
  ['ready', 'Whether the log is owned here', ({ state }) => Number(state === 'ready')],
  ['entries', 'Entries of the log', ({ seq }) => seq],
  ['waiting_scans', 'Scans taken and not durable yet', ({ waiting }) => waiting],
  ['behind_seconds', 'Taken but not yet durable since', ({ behindMs }) => behindMs / 1000],
];

const OF_TURNS: readonly Figure<ScanTurns>[] = [
  ['bytes_waiting', 'Bytes of scans that wait for their turn', ({ waiting }) => waiting],
  ['bytes_under_way', 'Bytes of scans being written', ({ underWay }) => underWay],
];

const OF_NETWORK: readonly Figure<Picture>[] = [
  ['parcels', 'Parcels in the network', ({ parcels }) => parcels],
  [
    'stale_resources',
    'Resources whose sources are late',
    ({ stale }) => stale.reduce((sum, is) => sum + is, 0),
  ],
  [
    'receipt_age_seconds',
    'Since scans were received last',
    ({ at, receivedAt }) => (at - receivedAt) / 1000,
  ],
];

function gauge<L extends string>(
  registry: Registry,
  name: string,
  help: string,
  collect: (this: Gauge<L>) => void | Promise<void>,
  labelNames: L[] = [],
): void {
  const registers = [registry];
  void new Gauge({ name: `cuofeng_track_${name}`, help, registers, collect, labelNames });
}
