import { Names } from '../../network/names.js';
import type { ColumnBatch } from '../../network/table.js';
import { Random } from '../random.js';
import type { ExpressNetwork } from './network.js';
import type { ReadyShape } from './ready.js';
import { serviceMix } from './services.js';
import { SHIPPERS, ShipperMix } from './shippers.js';

/**
 * Demand rows, streamed (docs/maths/season.md#demand). Pair p gets an integer N of parcels, all pairs
 * together exactly the total; N is spread over (service, shipper, slot) in proportion to
 *
 *     mix(service) · share(shipper) · shape(slot) · chance(origin, slot) · chance(pair, slot)
 *
 * by rounding the running sum at a random phase, so that a pair's rows sum to N exactly and each row
 * is within one of its share.
 */
export interface DemandNames {
  readonly shippers: Names;
  readonly services: Names;
  readonly operators: Names;
  readonly places: Names;
}

/** Spread of an origin's volume from slot to slot, and of a pair's: modelled. */
const ORIGIN_SPREAD = 0.1;
const PAIR_SPREAD = 0.25;
/** Away from 0 and 1, where the error of adding could tip the last parcel. */
const PHASE = [0.01, 0.99] as const;
/** Rows in a batch: large enough that a batch costs nothing, small enough for the cache. */
const BATCH_ROWS = 1 << 16;

export function* listDemand(
  network: ExpressNetwork,
  shape: ReadyShape,
  total: number,
  seed: number,
  names: DemandNames,
): Generator<ColumnBatch> {
  const { pairs, operators } = network;
  const batch = new Rows(names);
  const spread = new PairSpread(network, shape, total, seed);
  const sum = pairs.perDay.reduce((all, v) => all + v, 0);
  let before = 0;
  let running = 0;
  for (let p = 0; p < pairs.size; p++) {
    running += pairs.perDay[p];
    const until = p === pairs.size - 1 ? total : Math.round((total * running) / sum);
    const fullest = spread.length * SHIPPERS.length * names.services.size;
    if (batch.rows + fullest > BATCH_ROWS && batch.rows > 0) {
      yield batch.take();
    }
    batch.reserve(fullest);
    const operator = operators[pairs.operator[p]].id;
    const part = pairs.perDay[p] / sum;
    spread.emit(batch, p, until - before, serviceMix(operator, part));
    before = until;
  }
  if (batch.rows > 0) yield batch.take();
}

/** A batch being filled. */
class Rows {
  rows = 0;
  readonly #names: DemandNames;
  #columns = newColumns(BATCH_ROWS);

  constructor(names: DemandNames) {
    this.#names = names;
  }

  /** Makes room for `rows` more; only a horizon of many slots needs more than a batch. */
  reserve(rows: number): void {
    if (this.rows + rows > this.#columns.parcels.length) this.#columns = newColumns(rows);
  }

  add(
    shipper: number,
    service: number,
    operator: number,
    origin: number,
    destination: number,
    slot: number,
    parcels: number,
  ): void {
    const i = this.rows++;
    const columns = this.#columns;
    columns.shipper[i] = shipper;
    columns.service[i] = service;
    columns.operator[i] = operator;
    columns.origin[i] = origin;
    columns.destination[i] = destination;
    columns.slot[i] = slot;
    columns.parcels[i] = parcels;
  }

  /** What was added; the columns are used again for the next batch. */
  take(): ColumnBatch {
    const { shipper, service, operator, origin, destination, slot, parcels } = this.#columns;
    const rows = this.rows;
    this.rows = 0;
    return {
      rows,
      columns: {
        shipper: { names: this.#names.shippers, index: shipper },
        service: { names: this.#names.services, index: service },
        operator: { names: this.#names.operators, index: operator },
        origin: { names: this.#names.places, index: origin },
        destination: { names: this.#names.places, index: destination },
        slot,
        parcels,
      },
    };
  }
}

function newColumns(rows: number) {
  const column = (): Int32Array => new Int32Array(rows);
  return {
    shipper: column(),
    service: column(),
    operator: column(),
    origin: column(),
    destination: column(),
    slot: column(),
    parcels: new Uint32Array(rows),
  };
}

/** Spreads a pair's parcels over services, shippers and slots. */
class PairSpread {
  readonly length: number;
  readonly #mix: ShipperMix;
  readonly #random: Random;
  readonly #origin: Float64Array;
  readonly #slot: Float64Array;
  readonly #share = new Float64Array(SHIPPERS.length);

  constructor(
    private readonly network: ExpressNetwork,
    private readonly shape: ReadyShape,
    total: number,
    seed: number,
  ) {
    this.length = shape.demand.length;
    this.#mix = new ShipperMix(network, total, this.length, seed);
    this.#random = new Random(seed, 'pairs by slot');
    this.#slot = new Float64Array(this.length);
    const byOrigin = new Random(seed, 'origins by slot');
    this.#origin = Float64Array.from({ length: network.cities.length * this.length }, () =>
      byOrigin.factor(ORIGIN_SPREAD),
    );
  }

  emit(rows: Rows, p: number, parcels: number, mix: readonly number[]): void {
    const { operator, origin, destination } = this.network.pairs;
    const slots = this.#weighSlots(origin[p]);
    this.#mix.fill(this.#share, origin[p], parcels);
    const shares = this.#share.reduce((sum, share) => sum + share, 0);
    const scale = parcels / (slots * shares * mix.reduce((sum, share) => sum + share, 0));
    let sum = this.#random.between(...PHASE);
    let before = 0;
    for (let service = 0; service < mix.length; service++) {
      for (let shipper = 0; shipper < this.#share.length; shipper++) {
        const each = scale * mix[service] * this.#share[shipper];
        if (each === 0) continue;
        for (let i = 0; i < this.length; i++) {
          sum += each * this.#slot[i];
          const whole = Math.min(parcels, Math.floor(sum));
          if (whole === before) continue;
          const slot = this.shape.first + i;
          rows.add(shipper, service, operator[p], origin[p], destination[p], slot, whole - before);
          before = whole;
        }
      }
    }
    if (before < parcels) throw new Error(`pair ${p} lost ${parcels - before} parcels`);
  }

  #weighSlots(origin: number): number {
    let total = 0;
    for (let i = 0; i < this.length; i++) {
      const chance = this.#origin[origin * this.length + i] * this.#random.factor(PAIR_SPREAD);
      this.#slot[i] = this.shape.demand[i] * chance;
      total += this.#slot[i];
    }
    return total;
  }
}

export function demandNames(network: ExpressNetwork, services: readonly string[]): DemandNames {
  return {
    shippers: Names.from(SHIPPERS),
    services: Names.from(services),
    operators: Names.from(network.operators.map(({ id }) => id)),
    places: Names.from(network.cities.map(({ code }) => code)),
  };
}
