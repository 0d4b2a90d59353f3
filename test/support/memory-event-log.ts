import type { EventLog } from '../../src/edge/track/epcis/event-log.js';
import type { TakenBatch } from '../../src/edge/track/track-service.js';
import type { ScanBatch } from '../../src/track/scans.js';
import { FakeTracking } from './fake-tracking.js';

/** Tracking in memory whose log can be read back, and counts how much of it is. */
export class LoggedTracking extends FakeTracking implements EventLog {
  readonly logs = 1;
  readonly batches: ScanBatch[] = [];
  /** Entries that were read. */
  read = 0;

  override async take(batch: ScanBatch): Promise<TakenBatch> {
    const taken = await super.take(batch);
    this.batches.push({ ...batch, seq: this.batches.length + 1 });
    return taken;
  }

  async range(): Promise<readonly [number, number]> {
    return [1, this.batches.length];
  }

  async receivedAt(_log: number, seq: number): Promise<number> {
    this.read += 1;
    return this.batches[seq - 1].receivedAt;
  }

  async back(_log: number, seq: number): Promise<ScanBatch[]> {
    const found = this.batches.slice(Math.max(0, seq - 3), seq).toReversed();
    this.read += found.length;
    return found;
  }

  async list(_log: number, seqs: readonly number[]): Promise<ScanBatch[]> {
    this.read += seqs.length;
    return this.batches.filter(({ seq }) => seqs.includes(seq));
  }
}
