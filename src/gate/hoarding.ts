import type { ShareRows } from './gate-plan.js';
import type { GatePolicy } from './policy.js';

/**
 * What a shipper may still hold unconfirmed in a slot (G5): for shipper i and slot t, in parcels,
 *
 *     unconfirmed(i, t) ≤ max(hoardingFloor, ⌊hoardingMultiple · shares of the plan(i, t)⌋)
 *
 * A slot at its limit is passed over. A new plan version may lower a limit below what is held: then
 * nothing is taken back, and nothing more given.
 */
export class Hoarding {
  #unconfirmed: Int32Array;
  #limit: Int32Array;
  #shippers = 0;

  constructor(
    private readonly policy: GatePolicy,
    private readonly from: number,
    private readonly slots: number,
    shares: ShareRows,
  ) {
    this.#unconfirmed = new Int32Array(0);
    this.#limit = new Int32Array(0);
    let most = -1;
    for (let i = 0; i < shares.count; i++) most = Math.max(most, shares.shipper[i]);
    this.#admit(most);
    const share = new Float64Array(this.#limit.length);
    for (let i = 0; i < shares.count; i++) {
      share[shares.shipper[i] * slots + shares.slot[i] - from] += shares.parcels[i];
    }
    for (let i = 0; i < share.length; i++) this.#limit[i] = this.#limitOf(share[i]);
  }

  /** Takes over what is held under the plan before. */
  carry(before: Hoarding): void {
    this.#admit(before.#shippers - 1);
    for (let shipper = 0; shipper < before.#shippers; shipper++) {
      for (let i = 0; i < before.slots; i++) {
        const held = before.#unconfirmed[shipper * before.slots + i];
        if (held > 0) this.add(shipper, before.from + i, held);
      }
    }
  }

  /** Parcels the shipper may still be given in the slot, 0 or more. */
  room(shipper: number, slot: number): number {
    if (shipper >= this.#shippers) return this.policy.hoardingFloor;
    const at = shipper * this.slots + slot - this.from;
    return Math.max(0, this.#limit[at] - this.#unconfirmed[at]);
  }

  /** So many more are held unconfirmed; fewer, when negative. Slots outside the horizon do not count. */
  add(shipper: number, slot: number, parcels: number): void {
    if (slot < this.from || slot >= this.from + this.slots) return;
    if (shipper >= this.#shippers) this.#admit(shipper);
    this.#unconfirmed[shipper * this.slots + slot - this.from] += parcels;
  }

  /** Parcels held unconfirmed, by shipper and slot. */
  get words(): Int32Array {
    return this.#unconfirmed;
  }

  unconfirmed(shipper: number, slot: number): number {
    if (shipper >= this.#shippers) return 0;
    return this.#unconfirmed[shipper * this.slots + slot - this.from];
  }

  #admit(shipper: number): void {
    if (shipper < this.#shippers) return;
    const before = this.#limit.length;
    this.#shippers = Math.max(shipper + 1, Math.floor(this.#shippers * 1.5));
    const unconfirmed = new Int32Array(this.#shippers * this.slots);
    unconfirmed.set(this.#unconfirmed);
    this.#unconfirmed = unconfirmed;
    const limit = new Int32Array(this.#shippers * this.slots);
    limit.set(this.#limit);
    limit.fill(this.#limitOf(0), before);
    this.#limit = limit;
  }

  #limitOf(share: number): number {
    const { hoardingMultiple, hoardingFloor } = this.policy;
    return Math.min(0x7fffffff, Math.max(hoardingFloor, Math.floor(hoardingMultiple * share)));
  }
}
