import type { FaultList } from './fault.js';
import { GrowingInts, IntSet, RowPlaces } from './growing.js';
import { Names } from './names.js';
import { isRepeated } from './read-resources.js';
import { readTable } from './read-table.js';
import { atLeastZero, lag, sequence, span, unknownResource, unknownRoute } from './rules.js';
import type { Routes } from './scenario.js';
import { sharedDoublesCopy, sharedInts, startsOf } from './shared.js';
import type { TableFile } from './table-files.js';

/** Ends of routes or flows, each column with its own names, numbered by first appearance. */
export interface Ends {
  readonly operators: Names;
  readonly origins: Names;
  readonly destinations: Names;
  readonly operator: Int32Array;
  readonly origin: Int32Array;
  readonly destination: Int32Array;
}

/** Routes as read, before pairs are numbered and steps are known. */
export interface BareRoutes {
  readonly ids: Names;
  readonly cost: Float64Array;
  readonly ends: Ends;
  readonly places: RowPlaces;
}

export async function readRoutes(
  files: readonly TableFile[],
  faults: FaultList,
): Promise<BareRoutes> {
  const ids = new Names();
  const names = { operators: new Names(), origins: new Names(), destinations: new Names() };
  const columns = [
    { name: 'id', kind: 'identifier', names: ids },
    { name: 'operator', kind: 'identifier', names: names.operators },
    { name: 'origin', kind: 'identifier', names: names.origins },
    { name: 'destination', kind: 'identifier', names: names.destinations },
    { name: 'cost', ...atLeastZero },
  ] as const;
  const ends = [new GrowingInts(), new GrowingInts(), new GrowingInts()];
  const cost: number[] = [];
  const seen = new IntSet();
  const places = new RowPlaces();
  for await (const { file, rows, line, ids: id, values } of readTable(files, columns, faults)) {
    for (let r = 0; r < rows; r++) {
      const route = id[0][r];
      if (route < 0 || isRepeated(seen, route, { file, line: line[r] }, ids, faults)) continue;
      places.set(route, file, line[r]);
      ends.forEach((column, e) => column.set(route, id[e + 1][r]));
      cost[route] = values[4][r];
    }
  }
  const [operator, origin, destination] = ends.map((column) => column.view());
  return {
    ids,
    cost: sharedDoublesCopy(cost),
    ends: { ...names, operator, origin, destination },
    places,
  };
}

export type Steps = Pick<Routes, 'stepStart' | 'stepResource' | 'stepLag' | 'stepSpan'>;

/**
 * Reads `route-steps` and sorts them by (route, seq). A route without steps is a fault of `routes`.
 *
 * @param known whether all resources, and all routes, were read, so that an unknown one is a fault here.
 */
export async function readSteps(
  files: readonly TableFile[],
  resources: Names,
  routes: BareRoutes,
  known: { resources: boolean; routes: boolean },
  faults: FaultList,
): Promise<Steps> {
  const columns = [
    {
      name: 'route',
      kind: 'reference',
      names: routes.ids,
      ...(known.routes ? { unknown: unknownRoute } : {}),
    },
    { name: 'seq', ...sequence },
    {
      name: 'resource',
      kind: 'reference',
      names: resources,
      ...(known.resources ? { unknown: unknownResource } : {}),
    },
    { name: 'lag', ...lag },
    { name: 'span', ...span },
  ] as const;
  const rows = new StepRows(routes, faults);
  const before = faults.total;
  for await (const batch of readTable(files, columns, faults)) {
    for (let r = 0; r < batch.rows; r++) {
      const [seq, lagSlots, spanSlots] = [
        batch.values[1][r],
        batch.values[3][r],
        batch.values[4][r],
      ];
      const isFine =
        batch.ids[0][r] >= 0 && seq + lagSlots + spanSlots === seq + lagSlots + spanSlots;
      if (isFine) {
        rows.add(
          batch.file,
          batch.line[r],
          batch.ids[0][r],
          seq,
          batch.ids[2][r],
          lagSlots,
          spanSlots,
        );
      }
    }
  }
  return rows.sorted(known.routes && files.length > 0 && faults.total === before);
}

/** Steps in the order of the files. */
class StepRows {
  readonly #route = new GrowingInts();
  readonly #seq = new GrowingInts();
  readonly #resource = new GrowingInts();
  readonly #lag = new GrowingInts();
  readonly #span = new GrowingInts();
  readonly #places = new RowPlaces();

  constructor(
    private readonly routes: BareRoutes,
    private readonly faults: FaultList,
  ) {}

  add(
    file: string,
    line: number,
    route: number,
    seq: number,
    resource: number,
    lagSlots: number,
    spanSlots: number,
  ): void {
    this.#places.set(this.#route.length, file, line);
    this.#route.push(route);
    this.#seq.push(seq);
    this.#resource.push(resource);
    this.#lag.push(lagSlots);
    this.#span.push(spanSlots);
  }

  /** @param isWhole whether no step was lost to a fault, so that a route without steps is one. */
  sorted(isWhole: boolean): Steps {
    const counts = new Int32Array(this.routes.ids.size);
    const route = this.#route.view();
    for (let i = 0; i < route.length; i++) counts[route[i]] += 1;
    if (isWhole) this.#addWithoutSteps(counts);
    const stepStart = startsOf(counts);
    const order = this.#order(stepStart);
    const by = (column: Int32Array) => {
      const out = sharedInts(order.length);
      for (let i = 0; i < order.length; i++) out[i] = column[order[i]];
      return out;
    };
    return {
      stepStart,
      stepResource: by(this.#resource.view()),
      stepLag: by(this.#lag.view()),
      stepSpan: by(this.#span.view()),
    };
  }

  /** Rows by route (a counting sort), and by seq within each (an insertion sort: routes are short). */
  #order(stepStart: Int32Array): Int32Array {
    const route = this.#route.view();
    const seq = this.#seq.view();
    const order = new Int32Array(route.length);
    const next = stepStart.slice();
    for (let row = 0; row < route.length; row++) {
      const first = stepStart[route[row]];
      let at = next[route[row]]++;
      for (; at > first && seq[order[at - 1]] > seq[row]; at--) order[at] = order[at - 1];
      order[at] = row;
      if (at > first && seq[order[at - 1]] === seq[row]) this.#addRepeated(row);
    }
    return order;
  }

  #addRepeated(row: number): void {
    const id = this.routes.ids.get(this.#route.view()[row]);
    const text = `${JSON.stringify(id)} has a second step ${this.#seq.view()[row]}`;
    const cure = 'Give each step of a route its own seq.';
    this.faults.add({ ...this.#places.get(row), field: 'seq', rule: 'duplicate-step', text, cure });
  }

  #addWithoutSteps(counts: Int32Array): void {
    for (let route = 0; route < counts.length; route++) {
      if (counts[route] > 0) continue;
      const text = `${JSON.stringify(this.routes.ids.get(route))} has no steps`;
      const cure = 'Give it at least one row in route-steps, or remove it.';
      const place = this.routes.places.get(route);
      this.faults.add({ ...place, field: 'id', rule: 'route-without-steps', text, cure });
    }
  }
}
