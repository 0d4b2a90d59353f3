import {
  type Declaration,
  type DeclarationFilter,
  decideDeclaration,
  declareCapacities,
  listDeclarations,
  listInForce,
  type NewDeclaration,
} from '../access/declarations.js';
import type { Principal } from '../access/principal.js';
import { notThere, wrong } from '../access/refusals.js';
import type { Database } from '../postgres/database.js';
import { DeclaredSlots } from './declared-slots.js';
import type { GateService } from './gate-service.js';
import { parseInstant } from './instant.js';
import type { SeasonNames } from './season-names.js';

/** What an operator says that a resource takes in a slot, or in each slot from `from` until `until`. */
export interface DeclaredCapacity {
  readonly resource: string;
  readonly from: string;
  /** Left out: the one slot that starts at `from`. */
  readonly until?: string;
  readonly parcels: number;
  readonly reason: string;
  readonly validUntil?: string;
}

/** Who declares capacities, decides about them and sees them, over HTTP. */
export interface CapacityDesk {
  declare(by: Principal, items: readonly DeclaredCapacity[]): Promise<Declaration[]>;
  decide(
    by: Principal,
    id: string,
    decision: { readonly to: 'approved' | 'rejected' | 'withdrawn'; readonly reason: string },
  ): Promise<Declaration>;
  list(
    viewer: Principal,
    filter: DeclarationFilter,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<Declaration[]>;
}

/**
 * Capacities that operators declare (G8). A value that is at most licensed, or at most in force, counts at once, and the
 * gate has it when the answer is given; one above waits for an administration. Slots with different licensed values are
 * declarations of their own, so that each of them either counts or waits as a whole. What is over by its validity,
 * or withdrawn, leaves what was declared before it, or what the plan has; the owners of shards see to that.
 */
export class GateCapacityDesk implements CapacityDesk {
  readonly #slots: DeclaredSlots;

  constructor(
    private readonly database: Database,
    private readonly names: SeasonNames,
    private readonly gate: GateService,
  ) {
    this.#slots = new DeclaredSlots(names.scenario, names.network.tail);
  }

  async declare(by: Principal, items: readonly DeclaredCapacity[]): Promise<Declaration[]> {
    const now = this.gate.now();
    const declared: NewDeclaration[] = [];
    for (const [i, item] of items.entries()) declared.push(...(await this.#read(item, i, now)));
    const made = await declareCapacities(this.database, by, declared, now);
    for (const each of made) if (each.state === 'in force') await this.#set(each, each.parcels);
    return made;
  }

  async decide(
    by: Principal,
    id: string,
    decision: { readonly to: 'approved' | 'rejected' | 'withdrawn'; readonly reason: string },
  ): Promise<Declaration> {
    const decided = await decideDeclaration(this.database, by, id, decision, this.gate.now());
    const { to } = decision;
    if (to === 'approved') await this.#set(decided, decided.parcels);
    // Taken back from above the licensed value, it is a cut; else there is no hurry.
    if (to === 'withdrawn' && decided.parcels > decided.licensed) await this.#cutBack(decided);
    return decided;
  }

  list(
    viewer: Principal,
    filter: DeclarationFilter,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<Declaration[]> {
    return listDeclarations(this.database, viewer, filter, page);
  }

  /** An item cut into declarations whose slots have the same licensed value, and the same in force. */
  async #read(item: DeclaredCapacity, i: number, now: number): Promise<NewDeclaration[]> {
    const { scenario } = this.names;
    const resource = this.names.resource(item.resource);
    if (resource === undefined) throw notThere(`resource ${item.resource}`);
    const [from, until] = this.#range(item, `declarations/${i}`, now);
    const inForce = await listInForce(this.database, now, item.resource);
    const levels = this.#slots.levels(resource, from, until, this.#slots.counting(inForce));
    return levels.map(({ first, end, licensed, before }) => ({
      resource: item.resource,
      operator: scenario.resources.operator[resource],
      region: scenario.resources.region[resource],
      licensed,
      from: this.#slots.startOf(first),
      until: this.#slots.startOf(end),
      parcels: item.parcels,
      reason: item.reason,
      ...(before && { approved: before.parcels }),
      ...validityOf(item, licensed, before),
    }));
  }

  #range(item: DeclaredCapacity, field: string, now: number): [from: number, until: number] {
    const from = this.#slots.slotOf(parseInstant(item.from));
    if (from === undefined) throw wrong(`${field}/from`, 'No slot of the season starts then.');
    const until =
      item.until === undefined ? from + 1 : this.#slots.slotOf(parseInstant(item.until));
    if (until === undefined) throw wrong(`${field}/until`, 'No slot of the season ends then.');
    if (until <= from)
      throw wrong(`${field}/until`, 'It must be after the start of the first slot.');
    if (this.#slots.startOf(until).getTime() <= now) {
      throw wrong(`${field}/until`, 'All of its slots are over.');
    }
    return [from, until];
  }

  async #set(declaration: Declaration, parcels: number): Promise<void> {
    const { resource } = declaration;
    const items = this.#slots.of(declaration).map((slot) => ({
      resource,
      slotStart: this.#slots.startOf(slot).toISOString(),
      parcels,
    }));
    await this.gate.setCapacities(items);
  }

  /** To what else is declared, else to the licensed value: the owner of the shard takes it on to the plan's. */
  async #cutBack(withdrawn: Declaration): Promise<void> {
    const left = await listInForce(this.database, this.gate.now(), withdrawn.resource);
    const counting = this.#slots.counting(left);
    const items = this.#slots.of(withdrawn).map((slot) => ({
      resource: withdrawn.resource,
      slotStart: this.#slots.startOf(slot).toISOString(),
      parcels: counting.get(slot)?.parcels ?? withdrawn.licensed,
    }));
    await this.gate.setCapacities(items);
  }
}

/** Above the licensed value, and at once only because that much was approved before: no longer than that. */
function validityOf(
  { parcels, validUntil }: DeclaredCapacity,
  licensed: number,
  before: Declaration | undefined,
): { readonly validUntil?: Date } {
  const asked = validUntil === undefined ? Number.POSITIVE_INFINITY : parseInstant(validUntil);
  const isApproved = before !== undefined && licensed < parcels && parcels <= before.parcels;
  const approved = (isApproved && before.validUntil?.getTime()) || Number.POSITIVE_INFINITY;
  const until = Math.min(asked, approved);
  return Number.isFinite(until) ? { validUntil: new Date(until) } : {};
}
