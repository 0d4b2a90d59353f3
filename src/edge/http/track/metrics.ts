import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { TALLIES, type Tally } from '../../../track/sources.js';
import type { LogStatus, TrackService } from '../../track/track-service.js';
import type { ScanTurns } from './scan-turns.js';

/** What Prometheus reads of tracking. */
export class TrackMetrics {
  readonly #scans: Counter<'outcome'>;
  readonly #batch: Histogram;

  constructor(registry: Registry, service: TrackService, turns: ScanTurns) {
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
    const logs = (name: string, help: string, value: (log: LogStatus) => number): Gauge =>
      new Gauge({
        name,
        help,
        labelNames: ['log'],
        registers,
        collect(): void {
          this.reset();
          for (const log of service.status()) this.set({ log: log.log }, value(log));
        },
      });
    logs('cuofeng_track_ready', 'Whether the log is owned here', ({ state }) =>
      Number(state === 'ready'),
    );
    logs('cuofeng_track_entries', 'Entries of the log', ({ seq }) => seq);
    logs('cuofeng_track_waiting_scans', 'Scans taken and not durable yet', (log) => log.waiting);
    logs(
      'cuofeng_track_behind_seconds',
      'Taken but not yet durable since',
      ({ behindMs }) => behindMs / 1000,
    );
    const bytes = (name: string, help: string, value: () => number): Gauge =>
      new Gauge({
        name,
        help,
        registers,
        collect(): void {
          this.set(value());
        },
      });
    bytes(
      'cuofeng_track_bytes_waiting',
      'Bytes of scans that wait for their turn',
      () => turns.waiting,
    );
    bytes('cuofeng_track_bytes_under_way', 'Bytes of scans being written', () => turns.underWay);
  }

  countTaken(tally: Tally): void {
    this.#batch.observe(tally.received);
    for (const outcome of TALLIES)
      if (tally[outcome] > 0) this.#scans.inc({ outcome }, tally[outcome]);
  }
}
