/** Holds of a group of parcels. A hold is t − s: the age that parcels bring from an earlier plan counts. */
export interface HoldFigures {
  readonly ready: number;
  readonly released: number;
  /** Released later than they could have been: after slot max(s, 0). */
  readonly held: number;
  readonly carried: number;
  /** Over the released parcels; 0 when there are none. */
  readonly meanSlots: number;
  readonly meanHours: number;
  /** The least hold that at least 95 % of the released parcels do not exceed. */
  readonly p95Slots: number;
  readonly p95Hours: number;
  /** Mean wait within the horizon over all that were ready: t − s, and T − s for those carried over. */
  readonly waitedSlots: number;
}

/** Parcels by group and hold, for groups 0 … groups − 1 and holds of 0 … longest slots. */
export class HoldTable {
  /** Released parcels, entry group · (longest + 1) + hold. */
  readonly #released: Float64Array;
  readonly #held: Float64Array;
  readonly #carried: Float64Array;
  /** Σ of T − s over parcels carried over. */
  readonly #carriedSlots: Float64Array;

  constructor(
    readonly groups: number,
    readonly longest: number,
  ) {
    this.#released = new Float64Array(groups * (longest + 1));
    this.#held = new Float64Array(groups);
    this.#carried = new Float64Array(groups);
    this.#carriedSlots = new Float64Array(groups);
  }

  /** @param could the shortest hold that was possible: 0, or the age at slot 0. */
  add(group: number, hold: number, could: number, carried: boolean, parcels: number): void {
    if (carried) {
      this.#carried[group] += parcels;
      this.#carriedSlots[group] += parcels * hold;
    } else {
      this.#released[group * (this.longest + 1) + hold] += parcels;
      if (hold > could) this.#held[group] += parcels;
    }
  }

  figures(group: number, hoursPerSlot: number): HoldFigures {
    const width = this.longest + 1;
    return figuresOf(
      this.#released.subarray(group * width, (group + 1) * width),
      this.#held[group],
      this.#carried[group],
      this.#carriedSlots[group],
      hoursPerSlot,
    );
  }

  figuresOfAll(hoursPerSlot: number): HoldFigures {
    const released = new Float64Array(this.longest + 1);
    this.#released.forEach((parcels, at) => {
      released[at % released.length] += parcels;
    });
    const [held, carried] = [sum(this.#held), sum(this.#carried)];
    return figuresOf(released, held, carried, sum(this.#carriedSlots), hoursPerSlot);
  }
}

function sum(column: Float64Array): number {
  return column.reduce((total, parcels) => total + parcels, 0);
}

function figuresOf(
  byHold: Float64Array,
  held: number,
  carried: number,
  carriedSlots: number,
  hours: number,
): HoldFigures {
  let released = 0;
  let heldSlots = 0;
  byHold.forEach((parcels, hold) => {
    released += parcels;
    heldSlots += parcels * hold;
  });
  const ready = released + carried;
  const meanSlots = heldSlots / Math.max(1, released);
  const p95Slots = percentileOf(byHold, released, 0.95);
  return {
    ready,
    released,
    held,
    carried,
    meanSlots,
    meanHours: meanSlots * hours,
    p95Slots,
    p95Hours: p95Slots * hours,
    waitedSlots: (heldSlots + carriedSlots) / Math.max(1, ready),
  };
}

/** The least hold with at least share · released parcels at or below it. */
function percentileOf(byHold: Float64Array, released: number, share: number): number {
  let below = 0;
  for (let hold = 0; hold < byHold.length; hold++) {
    below += byHold[hold];
    if (below >= share * released) return hold;
  }
  return 0;
}
