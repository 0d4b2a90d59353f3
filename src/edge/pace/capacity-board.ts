import type { Scenario } from '../../network/scenario.js';
import { type Declaration, listDeclarations, listInForce } from '../access/declarations.js';
import type { Organisation, Principal } from '../access/principal.js';
import { contains } from '../access/principal.js';
import { wrong } from '../access/refusals.js';
import { DeclaredSlots, licensedCapacity } from '../gate/declared-slots.js';
import type { Database } from '../postgres/database.js';

/** Numbers told at a time: a day of a thousand resources and more. */
const CELLS_MOST = 40_000;
/** Declarations that wait, at most: an administration has stopped reading them long before. */
const WAITING_MOST = 10_000;

interface Asked {
  readonly from: number;
  readonly until: number;
  readonly kind?: string;
  readonly operator?: string;
}

/** What resources take by slot: of those that a viewer's declarations or decisions are about. */
export class CapacityBoard {
  readonly #slots: DeclaredSlots;

  /** @param tail slots after its own that a release can load. */
  constructor(
    private readonly database: Database,
    private readonly scenario: Scenario,
    tail: number,
    private readonly now: () => number,
  ) {
    this.#slots = new DeclaredSlots(scenario, tail);
  }

  /** @throws Problem 422 for more than is told at a time */
  async look(viewer: Organisation, { from, until, kind, operator }: Asked) {
    const { resources } = this.scenario;
    const all = this.#seenBy(viewer);
    const seen = all.filter(
      (r) =>
        (kind ?? resources.kind[r]) === resources.kind[r] &&
        (operator ?? resources.operator[r]) === resources.operator[r],
    );
    const end = Math.max(from, Math.min(until, this.#slots.count));
    if (seen.length * (end - from) > CELLS_MOST) {
      throw wrong('until', `At most ${CELLS_MOST} numbers: ask for a kind, or for fewer slots.`);
    }
    const inForce = byResource(await listInForce(this.database, this.now()));
    const waiting = byResource((await this.#waiting(viewer)).toReversed());
    const { ids } = resources;
    return {
      slots: { from, until: end, now: this.#slots.slotAt(this.now()) },
      kinds: [...new Set(all.map((r) => resources.kind[r]))],
      resources: seen.map((r) => {
        const id = ids.get(r);
        const counting = this.#slots.counting(inForce.get(id) ?? []);
        const asked = this.#slots.counting(waiting.get(id) ?? []);
        const licensed = range(from, end, (t) => licensedCapacity(this.scenario, r, t));
        return {
          id,
          kind: resources.kind[r],
          operator: resources.operator[r],
          region: resources.region[r],
          licensed,
          inForce: licensed.map((parcels, i) => counting.get(from + i)?.parcels ?? parcels),
          waiting: range(from, end, (t) => asked.get(t)?.parcels ?? null),
        };
      }),
    };
  }

  /** The same rule as for declaring and deciding (relations.ts): network, or region. */
  #seenBy({ kind, operator, region }: Organisation): number[] {
    const { resources } = this.scenario;
    const isIts = (r: number) =>
      kind === 'administration' || (operator !== undefined && resources.operator[r] === operator);
    return [...resources.kind.keys()].filter(
      (r) => isIts(r) && contains(region, resources.region[r]),
    );
  }

  #waiting(organisation: Organisation): Promise<Declaration[]> {
    const viewer: Principal = { organisation, actor: '', role: 'viewer' };
    return listDeclarations(this.database, viewer, { state: 'waiting' }, { limit: WAITING_MOST });
  }
}

function byResource(declarations: readonly Declaration[]): Map<string, Declaration[]> {
  const by = new Map<string, Declaration[]>();
  for (const each of declarations) {
    const list = by.get(each.resource);
    if (list) list.push(each);
    else by.set(each.resource, [each]);
  }
  return by;
}

function range<T>(from: number, until: number, of: (slot: number) => T): T[] {
  return Array.from({ length: until - from }, (_, i) => of(from + i));
}
