import { pairOf } from '../../gate/gate-network.js';
import { Header } from '../../gate/journal.js';
import type { BatchAnswers } from '../../gate/owner/batch-answers.js';
import type { RequestBatch } from '../../gate/requests.js';
import type { DecidedBody } from './gate-service.js';
import type { LocalShard } from './local-shard.js';
import { RequestScanner, type ScannedRequests } from './scan-requests.js';
import type { GateSeason } from './season.js';
import { ResultWriter } from './write-results.js';

/** As many as one call may have (http/gate/ticket-schema.ts). */
const REQUESTS_MOST = 10_000;

/** The requests of a body that one shard decides, in their order. */
interface Part {
  readonly desk: LocalShard;
  readonly batch: RequestBatch;
}

/**
 * Decides whole bodies, from bytes to bytes: scanned into columns, decided by the shards of this process, written; no
 * object a request. What scanning and writing need at hand is used again by the next body.
 */
export class BulkDesk {
  readonly #scanner: RequestScanner;
  readonly #writer: ResultWriter;

  /** @param deskOf shard of a pair, if this process owns it. */
  constructor(
    private readonly season: GateSeason,
    private readonly deskOf: (pair: number) => LocalShard | undefined,
  ) {
    this.#scanner = new RequestScanner(season.names);
    this.#writer = new ResultWriter(season.names);
  }

  /** Gives undefined where the body is not plain, or some of it is another process's; then nothing is done. */
  async decide(shipper: number, body: Uint8Array): Promise<DecidedBody | undefined> {
    const scanned = this.#scanner.scan(body, REQUESTS_MOST);
    if (!scanned) return undefined;
    const { count } = scanned;
    const partOf = new Uint8Array(count);
    const desks = this.#desksOf(scanned, partOf);
    if (!desks) return undefined;
    const parts = desks.map((desk, p) => ({ desk, batch: batchOf(scanned, shipper, partOf, p) }));
    const answers = await Promise.all(parts.map(({ desk, batch }) => desk.answer(batch)));
    return this.#write(parts, partOf, answers);
  }

  /** The desks concerned, and in `partOf` which of them each request is for. */
  #desksOf({ flow, count }: ScannedRequests, partOf: Uint8Array): LocalShard[] | undefined {
    const { network } = this.season;
    const desks: LocalShard[] = [];
    for (let i = 0; i < count; i++) {
      const desk = this.deskOf(pairOf(network, flow[i]));
      if (!desk) return undefined;
      let p = desks.indexOf(desk);
      if (p < 0) p = desks.push(desk) - 1;
      if (p > 255) return undefined;
      partOf[i] = p;
    }
    return desks;
  }

  #write(
    parts: readonly Part[],
    partOf: Uint8Array,
    answers: readonly BatchAnswers[],
  ): DecidedBody {
    const writer = this.#writer;
    const next = new Int32Array(parts.length);
    const counts = { ticketed: 0, refused: 0, errors: 0 };
    writer.begin();
    for (const p of partOf) {
      const { desk, batch } = parts[p];
      const k = next[p]++;
      const answered = { answers: answers[p], texts: desk.texts, shard: desk.shard };
      writer.write(answered, k, batch.ids, batch.idStart[k], batch.idStart[k + 1]);
      counts[outcomeOf(answers[p], k)] += 1;
    }
    return { body: writer.end(), ...counts };
  }
}

function outcomeOf({ at, words }: BatchAnswers, k: number): 'ticketed' | 'refused' | 'errors' {
  if (at[k] < 0) return 'errors';
  return words[at[k] + Header.tickets] > 0 ? 'ticketed' : 'refused';
}

/** The requests of one part, copied: the scanner's columns are soon written over. */
function batchOf(
  scanned: ScannedRequests,
  shipper: number,
  partOf: Uint8Array,
  part: number,
): RequestBatch {
  let count = 0;
  let bytes = 0;
  for (let i = 0; i < partOf.length; i++) {
    if (partOf[i] !== part) continue;
    count += 1;
    bytes += scanned.idStart[i + 1] - scanned.idStart[i];
  }
  const batch = {
    count,
    shipper: new Int32Array(count).fill(shipper),
    flow: new Int32Array(count),
    readyAt: new Float64Array(count),
    parcels: new Int32Array(count),
    notAfter: new Int32Array(count),
    divisible: new Uint8Array(count),
    ids: new Uint8Array(bytes),
    idStart: new Int32Array(count + 1),
  };
  let k = 0;
  for (let i = 0; i < partOf.length; i++) {
    if (partOf[i] === part) copyRequest(scanned, i, batch, k++);
  }
  return batch;
}

function copyRequest(from: ScannedRequests, i: number, to: RequestBatch, k: number): void {
  to.flow[k] = from.flow[i];
  to.readyAt[k] = from.readyAt[i];
  to.parcels[k] = from.parcels[i];
  to.notAfter[k] = from.notAfter[i];
  to.divisible[k] = from.divisible[i];
  let at = to.idStart[k];
  for (let j = from.idStart[i]; j < from.idStart[i + 1]; j++) to.ids[at++] = from.ids[j];
  to.idStart[k + 1] = at;
}
