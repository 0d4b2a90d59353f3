import type { Arena } from './arena.js';
import type { Problem } from './problem.js';

/** Holding tables of the classes in the kernel's memory: scaled by the temperature, and plain. */
export class KernelClasses {
  /** Address of {w, holding, carry, 0}: scaled by log2(e)/μ, indexed by t − s and by s. */
  readonly scaled: number;
  /** Address of {w, holding, carry penalty, 0}: in slots, indexed by t − s ≥ 0. */
  readonly plain: number;
  readonly #tables: readonly { readonly holding: number; readonly carry: number }[];
  readonly #size: number;

  /** @param firstSlot the earliest slot in which anything became available, ≤ 0 */
  constructor(
    private readonly problem: Problem,
    private readonly arena: Arena,
    private readonly firstSlot: number,
    padded: number,
  ) {
    const { classes, slots } = problem;
    this.#size = 4 + padded - firstSlot;
    this.#tables = classes.map(() => ({
      holding: arena.take(this.#size * 4),
      carry: arena.take((slots - firstSlot) * 4),
    }));
    this.scaled = arena.take(classes.length * 16);
    this.plain = arena.take(classes.length * 16);
    for (const [i, { weight, holding, carryPenalty }] of classes.entries()) {
      const table = arena.copy(Float32Array.from(holding));
      arena.floats(this.scaled + i * 16, 1)[0] = weight;
      // The table begins at t − s = −4, its carry part at s = firstSlot.
      arena.words(this.scaled + i * 16, 4)[1] = this.#tables[i].holding + 16;
      arena.words(this.scaled + i * 16, 4)[2] = this.#tables[i].carry - firstSlot * 4;
      arena.floats(this.plain + i * 16, 1)[0] = weight;
      arena.words(this.plain + i * 16, 4)[1] = table;
      arena.floats(this.plain + i * 16, 4)[2] = carryPenalty;
    }
  }

  /** Scales the tables. Before its slot nothing can start: that costs more than anything. */
  scale(factor: number): void {
    const { classes, slots } = this.problem;
    for (const [i, { holding, carryPenalty }] of classes.entries()) {
      const to = this.arena.floats(this.#tables[i].holding, this.#size).fill(1e30);
      for (let h = 0; h < slots - this.firstSlot; h++) to[4 + h] = holding[h] * factor;
      const carry = this.arena.floats(this.#tables[i].carry, slots - this.firstSlot);
      for (let k = 0; k < carry.length; k++) {
        carry[k] = (holding[slots - (k + this.firstSlot)] + carryPenalty) * factor;
      }
    }
  }
}
