import { emptyTally, TALLIES, type Tally } from '../../track/sources.js';
import type { Calls } from './calls.js';
import type { Answer } from './connection.js';
import type { Latencies } from './latencies.js';
import { BLOCKS_MOST, type ScanBodies } from './scan-bodies.js';
import { STAGES } from './scan-lives.js';

/** Answers that are none, kept with their text. */
const FAILURES_KEPT = 5;

export interface ScanSenderOptions {
  readonly key: string;
  readonly calls: Pick<Calls, 'send'>;
  readonly bodies: ScanBodies;
  readonly latencies: Pick<Latencies, 'add'>;
  /** Blocks under way at a time. */
  readonly blocks: number;
  /** Milliseconds that only go forward. */
  readonly elapsed: () => number;
  /** The season's clock. */
  readonly now: () => number;
}

/**
 * An operator that scans: its blocks of parcels in turn, each at its next stage; one at its end makes way for a new one. It
 * keeps what was acknowledged, and so knows what the server must say.
 */
export class ScanSender {
  readonly told = emptyTally();
  /** Distinct scans acknowledged. */
  distinct = 0;
  /** What acknowledged scans change, by resource. */
  readonly stock: Float64Array;
  readonly bound: Float64Array;
  readonly failures: string[] = [];
  failed = 0;
  #turn = 0;
  #newest = 0;
  readonly #block: Int32Array;
  /** Stage to come. */
  readonly #stage: Uint8Array;
  /** Second of the stage before. */
  readonly #second: Float64Array;
  readonly #buffers: Buffer[] = [];

  constructor(private readonly options: ScanSenderOptions) {
    const { blocks, bodies } = options;
    this.#block = Int32Array.from({ length: blocks }, () => this.#newest++);
    this.#stage = new Uint8Array(blocks);
    this.#second = new Float64Array(blocks);
    const resources = bodies.changes[0].stock.length;
    this.stock = new Float64Array(resources);
    this.bound = new Float64Array(resources);
  }

  /** Sends a body; `answered` is called when it is. */
  send(due: number, answered?: () => void): void {
    const { key, calls, bodies, latencies, elapsed } = this.options;
    const turn = this.#turn++ % this.#block.length;
    const stage = this.#stage[turn];
    const buffer = this.#buffers.pop() ?? Buffer.allocUnsafeSlow(bodies.bytesMost);
    const body = this.#write(buffer, turn);
    calls.send({
      path: '/v1/scans',
      type: 'application/x-ndjson',
      key,
      body,
      due,
      patienceMs: Number.POSITIVE_INFINITY,
      done: (answer) => {
        latencies.add(elapsed() - due);
        this.#buffers.push(buffer);
        this.#take(answer, stage);
        answered?.();
      },
    });
  }

  #write(buffer: Buffer, turn: number): Buffer {
    const stage = this.#stage[turn];
    const now = Math.floor(this.options.now() / 1000);
    // Stages follow one another by a second at least, so that the later one is the state.
    const second = stage === 0 ? now : Math.max(now, this.#second[turn] + 1);
    const before = stage === 0 ? second : this.#second[turn];
    const body = this.options.bodies.write(buffer, this.#block[turn], stage, second, before);
    this.#second[turn] = second;
    this.#stage[turn] = stage + 1;
    if (stage + 1 === STAGES) {
      if (this.#newest === BLOCKS_MOST) throw new Error('a run has no more waybill numbers');
      this.#block[turn] = this.#newest++;
      this.#stage[turn] = 0;
    }
    return body;
  }

  #take(answer: Answer, stage: number): void {
    const told = outcomesOf(answer);
    if (!told) return this.#fail(answer);
    for (const name of TALLIES) this.told[name] += told[name];
    const { changes, counts } = this.options.bodies;
    const { stock, bound } = changes[stage];
    this.distinct += counts.fresh + counts.late;
    for (let r = 0; r < stock.length; r++) {
      this.stock[r] += stock[r];
      this.bound[r] += bound[r];
    }
  }

  #fail({ status, body }: Answer): void {
    this.failed += 1;
    if (this.failures.length >= FAILURES_KEPT) return;
    this.failures.push(`${status} ${Buffer.from(body.subarray(0, 300)).toString()}`);
  }
}

function outcomesOf({ status, body }: Answer): Tally | undefined {
  if (status !== 200) return undefined;
  const told: Partial<Tally> = JSON.parse(Buffer.from(body).toString());
  const counts = emptyTally();
  for (const name of TALLIES) counts[name] = told[name] ?? Number.NaN;
  return TALLIES.some((name) => Number.isNaN(counts[name])) ? undefined : counts;
}
