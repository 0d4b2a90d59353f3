import { Names } from '../../network/names.js';
import type { ColumnBatch } from '../../network/table.js';
import type { DemandNames } from './demand.js';
import { type ExpressNetwork, trunksOf } from './network.js';
import type { Plant } from './plant.js';
import { emptySteps, type StepMaker } from './steps.js';

/** All routes: one for each pair and trunk, in the order of pairs. */
export interface RouteList {
  readonly ids: Names;
  readonly pair: Int32Array;
  /** Which of the pair's trunks. */
  readonly trunk: Uint8Array;
}

const BATCH_ROUTES = 1 << 13;

export function listRoutes(network: ExpressNetwork): RouteList {
  const { pairs, operators, cities } = network;
  const ids = new Names();
  const pair: number[] = [];
  const trunk: number[] = [];
  for (let p = 0; p < pairs.size; p++) {
    const operator = operators[pairs.operator[p]].id;
    const from = cities[pairs.origin[p]].code;
    const to = cities[pairs.destination[p]].code;
    const count = trunksOf(network, p).length;
    for (let i = 0; i < count; i++) {
      ids.internText(`${operator}/${from}-${to}/${i + 1}`);
      pair.push(p);
      trunk.push(i);
    }
  }
  return { ids, pair: Int32Array.from(pair), trunk: Uint8Array.from(trunk) };
}

/** Rows of `routes`; costs in slots, to a hundredth. */
export function* routeRows(
  network: ExpressNetwork,
  routes: RouteList,
  names: DemandNames,
  slotMinutes: number,
): Generator<ColumnBatch> {
  const { pairs } = network;
  for (let from = 0; from < routes.pair.length; from += BATCH_ROUTES) {
    const pair = routes.pair.subarray(from, from + BATCH_ROUTES);
    const cost = Float64Array.from(pair, (p, i) => {
      const hours = trunksOf(network, p)[routes.trunk[from + i]].cost;
      return Math.round((hours * 6000) / slotMinutes) / 100;
    });
    yield {
      rows: pair.length,
      columns: {
        id: { names: routes.ids, index: Int32Array.from(pair, (_, i) => from + i) },
        operator: { names: names.operators, index: pair.map((p) => pairs.operator[p]) },
        origin: { names: names.places, index: pair.map((p) => pairs.origin[p]) },
        destination: { names: names.places, index: pair.map((p) => pairs.destination[p]) },
        cost,
      },
    };
  }
}

/** Rows of `route-steps`. */
export function* stepRows(
  network: ExpressNetwork,
  plant: Plant,
  maker: StepMaker,
  routes: RouteList,
): Generator<ColumnBatch> {
  const steps = emptySteps();
  const room = BATCH_ROUTES * steps.resource.length;
  const [route, seq, resource, lag, span] = [0, 1, 2, 3, 4].map(() => new Int32Array(room));
  for (let from = 0; from < routes.pair.length; from += BATCH_ROUTES) {
    const until = Math.min(routes.pair.length, from + BATCH_ROUTES);
    let row = 0;
    for (let r = from; r < until; r++) {
      const p = routes.pair[r];
      maker.fill(steps, p, trunksOf(network, p)[routes.trunk[r]]);
      for (let i = 0; i < steps.count; i++, row++) {
        route[row] = r;
        seq[row] = i;
        resource[row] = steps.resource[i];
        lag[row] = steps.lag[i];
        span[row] = steps.span[i];
      }
    }
    const byName = { names: routes.ids, index: route };
    const columns = {
      route: byName,
      seq,
      resource: { names: plant.ids, index: resource },
      lag,
      span,
    };
    yield { rows: row, columns };
  }
}
