import { COLUMNS, TALLIED } from '../../gate/pair-tally.js';
import { type Acceptance, originKey } from '../../pace/acceptance-board.js';
import type { AcceptanceAnswer } from './schema.js';

interface Shown {
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly scale: number;
  readonly ageMs: number;
}

type Counted = Record<(typeof TALLIED)[number], number>;
type Pair = AcceptanceAnswer['pairs'][number];
type Origin = AcceptanceAnswer['origins'][number];

/** Acceptance as it is answered: groups and origins added up over the slots shown. */
export function acceptanceView(
  { at, now, groups, slots, counts, accepted }: Acceptance,
  { from: first = 0, until: end = Math.max(0, now), scale, ageMs }: Shown,
): AcceptanceAnswer {
  const until = Math.min(slots, end);
  const from = Math.min(first, until);
  const pairs = groups.groups.map(
    (group, g): Pair => ({ ...group, ...sum(counts, g * slots, from, until) }),
  );
  return {
    at: new Date(at).toISOString(),
    ageMs,
    scale,
    by: groups.by,
    slots: { from, until, now },
    origins: originsOf(pairs, accepted, from, until),
    pairs,
    pace: paceOf(counts, slots, originsIn(pairs), accepted),
  };
}

/** Columns added up over slots from … until − 1 of a group whose slots begin at `base`. */
function sum(counts: Float64Array, base: number, from: number, until: number): Counted {
  const sums = { planned: 0, ticketed: 0, confirmed: 0, pickedUp: 0 };
  for (let at = (base + from) * COLUMNS; at < (base + until) * COLUMNS; at += COLUMNS) {
    for (let k = 0; k < COLUMNS; k++) sums[TALLIED[k]] += counts[at + k];
  }
  return sums;
}

function originsIn(pairs: readonly Pair[]): Set<string> {
  return new Set(pairs.map(originKey));
}

function originsOf(
  pairs: readonly Pair[],
  accepted: Acceptance['accepted'],
  from: number,
  until: number,
): Origin[] {
  const origins = new Map<string, Origin>();
  for (const pair of pairs) {
    const key = originKey(pair);
    const seen = accepted.get(key)?.subarray(from, until);
    const origin = origins.get(key) ?? {
      operator: pair.operator,
      origin: pair.origin,
      planned: 0,
      ticketed: 0,
      confirmed: 0,
      pickedUp: 0,
      accepted: seen ? seen.reduce((all, n) => all + n, 0) : null,
    };
    for (const column of TALLIED) origin[column] += pair[column];
    origins.set(key, origin);
  }
  return [...origins.values()];
}

function paceOf(
  counts: Float64Array,
  slots: number,
  origins: ReadonlySet<string>,
  accepted: Acceptance['accepted'],
): AcceptanceAnswer['pace'] {
  const column = (k: number): number[] => {
    const sums = Array.from({ length: slots }, () => 0);
    for (let cell = 0; cell * COLUMNS < counts.length; cell++) {
      sums[cell % slots] += counts[cell * COLUMNS + k];
    }
    return sums;
  };
  const [planned, ticketed, confirmed, pickedUp] = TALLIED.map((_, k) => column(k));
  const isKnown = origins.size > 0 && [...origins].every((key) => accepted.has(key));
  return {
    planned,
    ticketed,
    confirmed,
    pickedUp,
    accepted: isKnown
      ? addUp(
          [...origins].map((key) => accepted.get(key)),
          slots,
        )
      : null,
  };
}

function addUp(rows: readonly (Float64Array | undefined)[], slots: number): number[] {
  return Array.from({ length: slots }, (_, t) =>
    rows.reduce((all, row) => all + (row?.[t] ?? 0), 0),
  );
}
