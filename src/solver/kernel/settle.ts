/**
 * Coordinate descent on whole amounts (docs/maths/plan.md#settling). Minimises
 *
 *   cost(releases) + Σ over entries of ψ(load),
 *   ψ' = max(0, base + stiffness · load) + over · max(0, load − capacity),
 *
 * where base = price − stiffness · capacity, by moving units of one flow between slots at most
 * `reach` apart, between options, and to and from what is left over. Amounts are whole numbers kept
 * as f32 in the records. One call works on one component: no other component shares an entry with it.
 */
import {
  COHORT_AMOUNT,
  COHORT_SLOT,
  FLOW_COHORT,
  FLOW_RECORD,
  FLOW_SERVICE,
  GROUP_FLOW,
  GROUP_OPTION,
  OPTION_COST,
  OPTION_STEP,
  RECORD,
  SETTLE_BASE,
  SETTLE_CAPACITY,
  SETTLE_CLASS,
  SETTLE_LOAD,
  SETTLE_MOVED,
  SETTLE_ORDER,
  SETTLE_OVER,
  SETTLE_REACH,
  SETTLE_SPAN,
  SETTLE_START,
  SETTLE_STEP_AT,
  SETTLE_STIFFNESS,
  SLOTS,
  SLOTS_PADDED,
} from './context';
import { addLoad } from './round';
import { word } from './word';

/** Σ of ψ'' over what option o loads from slot t. */
function bend(ctx: usize, o: i32, t: i32): f32 {
  const loads = word(ctx, SETTLE_LOAD);
  const capacity = word(ctx, SETTLE_CAPACITY);
  const over = load<f32>(ctx + (<usize>SETTLE_OVER << 2));
  const stiffness = word(ctx, SETTLE_STIFFNESS);
  const stepAt = word(ctx, SETTLE_STEP_AT);
  const stepSpan = word(ctx, SETTLE_SPAN);
  let sum: f32 = 0;
  const j1 = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2) + 4);
  for (let j = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2)); j < j1; j++) {
    const span = load<i32>(stepSpan + (<usize>j << 2));
    let at = <usize>(load<i32>(stepAt + (<usize>j << 2)) + t) << 2;
    for (let i = 0; i < span; i++, at += 4) {
      sum += load<f32>(stiffness + at);
      if (load<f32>(loads + at) >= load<f32>(capacity + at)) sum += over;
    }
  }
  return sum;
}

/** Least room below capacity in what option o loads from slot t; may be negative. */
function roomBelow(ctx: usize, o: i32, t: i32): f32 {
  const loads = word(ctx, SETTLE_LOAD);
  const capacity = word(ctx, SETTLE_CAPACITY);
  const stepAt = word(ctx, SETTLE_STEP_AT);
  const stepSpan = word(ctx, SETTLE_SPAN);
  let room: f32 = Infinity;
  const j1 = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2) + 4);
  for (let j = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2)); j < j1; j++) {
    const span = load<i32>(stepSpan + (<usize>j << 2));
    let at = <usize>(load<i32>(stepAt + (<usize>j << 2)) + t) << 2;
    for (let i = 0; i < span; i++, at += 4) {
      room = min<f32>(room, load<f32>(capacity + at) - load<f32>(loads + at));
    }
  }
  return room;
}

/** in[o][t], out[o][t]: price of one unit more, of one less; low[t], which[t]: cheapest option with its cost. */
function priceGroup(
  ctx: usize,
  o0: i32,
  options: i32,
  bytes: usize,
  inside: usize,
  outside: usize,
): void {
  const loads = word(ctx, SETTLE_LOAD);
  const base = word(ctx, SETTLE_BASE);
  const stiffness = word(ctx, SETTLE_STIFFNESS);
  const stepAt = word(ctx, SETTLE_STEP_AT);
  const stepSpan = word(ctx, SETTLE_SPAN);
  const capacity = word(ctx, SETTLE_CAPACITY);
  const over = f32x4.splat(load<f32>(ctx + (<usize>SETTLE_OVER << 2)));
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  memory.fill(inside, 0, bytes * <usize>options);
  memory.fill(outside, 0, bytes * <usize>options);
  for (let o = 0; o < options; o++) {
    const to = inside + <usize>o * bytes;
    const from = outside + <usize>o * bytes;
    const j1 = load<i32>(word(ctx, OPTION_STEP) + (<usize>(o0 + o) << 2) + 4);
    for (let j = load<i32>(word(ctx, OPTION_STEP) + (<usize>(o0 + o) << 2)); j < j1; j++) {
      const span = load<i32>(stepSpan + (<usize>j << 2));
      for (let i = 0; i < span; i++) {
        const at = <usize>(load<i32>(stepAt + (<usize>j << 2)) + i) << 2;
        for (let b: usize = 0; b < bytes; b += 16) {
          const k = v128.load(stiffness + at + b);
          const y = v128.load(loads + at + b);
          const v = f32x4.add(v128.load(base + at + b), f32x4.mul(k, y));
          const h = f32x4.mul(k, half);
          const g = f32x4.sub(y, v128.load(capacity + at + b));
          const more = f32x4.add(
            f32x4.pmax(zero, f32x4.add(v, h)),
            f32x4.mul(over, f32x4.pmax(zero, f32x4.add(g, half))),
          );
          const less = f32x4.add(
            f32x4.pmax(zero, f32x4.sub(v, h)),
            f32x4.mul(over, f32x4.pmax(zero, f32x4.sub(g, half))),
          );
          v128.store(to + b, f32x4.add(v128.load(to + b), more));
          v128.store(from + b, f32x4.add(v128.load(from + b), less));
        }
      }
    }
  }
}

function cheapest(
  ctx: usize,
  o0: i32,
  options: i32,
  slots: i32,
  padded: i32,
  weight: f32,
  inside: usize,
  low: usize,
  which: usize,
): void {
  for (let t = 0; t < slots; t++) {
    let best: f32 = Infinity;
    let at = 0;
    for (let o = 0; o < options; o++) {
      const v =
        load<f32>(inside + (<usize>(o * padded + t) << 2)) +
        weight * load<f32>(word(ctx, OPTION_COST) + (<usize>(o0 + o) << 2));
      if (v < best) {
        best = v;
        at = o;
      }
    }
    store<f32>(low + (<usize>t << 2), best);
    store<i32>(which + (<usize>t << 2), at);
  }
}

/** One pass over a component; adds the units moved to its word of SETTLE_MOVED. */
export function settle(ctx: usize, component: i32, scratch: usize, backward: i32): void {
  const slots = <i32>word(ctx, SLOTS);
  const padded = <i32>word(ctx, SLOTS_PADDED);
  const bytes = <usize>padded << 2;
  const start = word(ctx, SETTLE_START);
  const order = word(ctx, SETTLE_ORDER);
  const reach = <i32>word(ctx, SETTLE_REACH);
  const i0 = load<i32>(start + (<usize>component << 2));
  const i1 = load<i32>(start + (<usize>component << 2) + 4);
  const waiting = scratch;
  const low = waiting + bytes;
  const which = low + bytes;
  const inside = which + bytes;
  let moved: f32 = 0;
  for (let k = i0; k < i1; k++) {
    const i = backward !== 0 ? i1 - 1 - (k - i0) : k;
    const g = load<i32>(order + (<usize>i << 2));
    const o0 = load<i32>(word(ctx, GROUP_OPTION) + (<usize>g << 2));
    const options = load<i32>(word(ctx, GROUP_OPTION) + (<usize>g << 2) + 4) - o0;
    const outside = inside + bytes * <usize>options;
    priceGroup(ctx, o0, options, bytes, inside, outside);
    const f1 = load<i32>(word(ctx, GROUP_FLOW) + (<usize>g << 2) + 4);
    for (let f = load<i32>(word(ctx, GROUP_FLOW) + (<usize>g << 2)); f < f1; f++) {
      moved += settleFlow(
        ctx, f, o0, options, slots, padded, reach, waiting, low, which, inside, outside,
      );
    }
  }
  store<f32>(word(ctx, SETTLE_MOVED) + (<usize>component << 2), moved);
}

function settleFlow(
  ctx: usize,
  f: i32,
  o0: i32,
  options: i32,
  slots: i32,
  padded: i32,
  reach: i32,
  waiting: usize,
  low: usize,
  which: usize,
  inside: usize,
  outside: usize,
): f32 {
  const bytes = <usize>padded << 2;
  const record = word(ctx, RECORD) + <usize>(load<i32>(word(ctx, FLOW_RECORD) + (<usize>f << 2)) * padded) * 4;
  const cls = word(ctx, SETTLE_CLASS) + (<usize>load<i32>(word(ctx, FLOW_SERVICE) + (<usize>f << 2)) << 4);
  const weight = load<f32>(cls);
  const holding = <usize>load<u32>(cls + 4); // f32, in slots, by h ≥ 0
  const carryPenalty = load<f32>(cls + 8);
  const cohortSlot = word(ctx, COHORT_SLOT);
  const cohortAmount = word(ctx, COHORT_AMOUNT);
  const c0 = load<i32>(word(ctx, FLOW_COHORT) + (<usize>f << 2));
  const c1 = load<i32>(word(ctx, FLOW_COHORT) + (<usize>f << 2) + 4);
  const optionCost = word(ctx, OPTION_COST) + (<usize>o0 << 2);
  const over = load<f32>(ctx + (<usize>SETTLE_OVER << 2));

  cheapest(ctx, o0, options, slots, padded, weight, inside, low, which);
  // waiting[t]: available by t and not released by t.
  memory.fill(waiting, 0, bytes);
  for (let c = c0; c < c1; c++) {
    const s = max<i32>(0, <i32>load<i16>(cohortSlot + (<usize>c << 1)));
    const at = waiting + (<usize>s << 2);
    store<f32>(at, load<f32>(at) + load<f32>(cohortAmount + (<usize>c << 2)));
  }
  let sum: f32 = 0;
  for (let t = 0; t < slots; t++) {
    sum += load<f32>(waiting + (<usize>t << 2));
    for (let o = 0; o < options; o++) sum -= load<f32>(record + (<usize>(o * padded + t) << 2));
    store<f32>(waiting + (<usize>t << 2), sum);
  }

  let moved: f32 = 0;
  let head = c0; // cohort of the first unit released in t
  let headUsed: f32 = 0; // its units released before t
  for (let t = 0; t <= slots; t++) {
    // What is left over stands in slot `slots`, as one option of its own.
    let gone: f32 = 0;
    if (t < slots) {
      for (let o = 0; o < options; o++) gone += load<f32>(record + (<usize>(o * padded + t) << 2));
    } else {
      gone = load<f32>(waiting + (<usize>(slots - 1) << 2));
    }
    if (gone <= 0) continue;
    const sHead = <i32>load<i16>(cohortSlot + (<usize>min<i32>(head, c1 - 1) << 1));
    let tail = head;
    let used = headUsed + gone;
    while (tail < c1 && used > load<f32>(cohortAmount + (<usize>tail << 2))) {
      used -= load<f32>(cohortAmount + (<usize>tail << 2));
      tail++;
    }
    const sTail = <i32>load<i16>(cohortSlot + (<usize>min<i32>(tail, c1 - 1) << 1));
    const headLeft: f32 =
      head < c1 ? load<f32>(cohortAmount + (<usize>head << 2)) - headUsed : gone;
    const tailHas: f32 = tail < c1 ? min<f32>(used, gone) : gone;
    const leftCost = weight * (load<f32>(holding + (<usize>(slots - sTail) << 2)) + carryPenalty);

    // The best slots to move to, before and after t: the same for all options.
    let earlier: f32 = Infinity;
    let earlierAt = -1;
    let earlierMost: f32 = 0;
    let most: f32 = Infinity;
    const holdHead = load<f32>(holding + (<usize>(t - sHead) << 2));
    const from = t === slots ? 0 : max<i32>(0, t - reach);
    for (let e = t - 1; e >= from; e--) {
      most = min<f32>(most, load<f32>(waiting + (<usize>e << 2)));
      if (most < 1) break;
      const saved = e >= sHead ? holdHead - load<f32>(holding + (<usize>(e - sHead) << 2)) : <f32>(t - e);
      const v = load<f32>(low + (<usize>e << 2)) - weight * saved;
      if (v < earlier) {
        earlier = v;
        earlierAt = e;
        earlierMost = most;
      }
    }
    let later: f32 = Infinity;
    let laterAt = -1;
    const holdTail = load<f32>(holding + (<usize>(t - sTail) << 2));
    if (t < slots) {
      const until = min<i32>(slots - 1, t + reach);
      for (let e = t; e <= until; e++) {
        const v =
          load<f32>(low + (<usize>e << 2)) +
          weight * (load<f32>(holding + (<usize>(e - sTail) << 2)) - holdTail);
        if (v < later) {
          later = v;
          laterAt = e;
        }
      }
      if (leftCost - weight * holdTail < later) {
        later = leftCost - weight * holdTail;
        laterAt = slots;
      }
    }
    const target = min<f32>(earlier, later);
    const back = earlier <= later;
    const e = back ? earlierAt : laterAt;
    if (e >= 0) {
      const lanes = t < slots ? options : 1;
      for (let o = 0; o < lanes; o++) {
        let have: f32 = gone;
        let out: f32 = weight * carryPenalty;
        if (t < slots) {
          have = load<f32>(record + (<usize>(o * padded + t) << 2));
          out =
            load<f32>(outside + (<usize>(o * padded + t) << 2)) +
            weight * load<f32>(optionCost + (<usize>o << 2));
        }
        if (have <= 0) continue;
        const gain = out - target;
        if (gain <= 1e-6) continue;
        const q = e < slots ? load<i32>(which + (<usize>e << 2)) : -1;
        if (e === t && q === o) continue;
        let stiff: f32 = 0;
        if (t < slots) {
          stiff += bend(ctx, o0 + o, t);
        }
        if (q >= 0) {
          stiff += bend(ctx, o0 + q, e);
        }
        // Only units of the cohort whose age was reckoned with.
        let n = min<f32>(have, back ? min<f32>(earlierMost, headLeft) : tailHas);
        // While overload is driven out, a move must not cause what the slope at its start does not show.
        if (over > 0 && q >= 0) n = min<f32>(n, max<f32>(1, roomBelow(ctx, o0 + q, e)));
        if (stiff > 0) n = min<f32>(n, max<f32>(1, Mathf.floor(gain / stiff + 0.5)));
        if (t < slots) {
          const at = record + (<usize>(o * padded + t) << 2);
          store<f32>(at, load<f32>(at) - n);
          addLoad(ctx, o0 + o, t, -n);
          gone -= n;
        }
        if (q >= 0) {
          const at = record + (<usize>(q * padded + e) << 2);
          store<f32>(at, load<f32>(at) + n);
          addLoad(ctx, o0 + q, e, n);
          if (e === t) gone += n;
        }
        if (back) headUsed += n;
        const u0 = back ? e : t;
        const u1 = min<i32>(back ? t : e, slots);
        const d: f32 = back ? -n : n;
        for (let u = u0; u < u1; u++) {
          const at = waiting + (<usize>u << 2);
          store<f32>(at, load<f32>(at) + d);
        }
        moved += n;
        priceGroup(ctx, o0, options, bytes, inside, outside);
        cheapest(ctx, o0, options, slots, padded, weight, inside, low, which);
        break;
      }
    }
    if (t < slots) {
      headUsed += gone;
      while (head < c1 && headUsed >= load<f32>(cohortAmount + (<usize>head << 2))) {
        headUsed -= load<f32>(cohortAmount + (<usize>head << 2));
        head++;
      }
    }
  }
  return moved;
}
