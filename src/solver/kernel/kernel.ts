/**
 * The evaluation of the smoothed dual, compiled to WebAssembly with 128-bit SIMD (AssemblyScript).
 *
 * For flow f of group g, amount n becoming available in slot s, option o and start slot t, at
 * temperature μ (in slots):
 *
 *   v(s, t, o) = c(t − s) + cost(o) + P(o, t) / w        c: holding in slots, w: weight
 *   P(o, t)    = Σ over the steps (row, lag) of o of price(row, t + lag)
 *   x(s, t, o) = n · exp(−v / μ) / (exp(−carry(s) / μ) + Σ over t, o of exp(−v / μ))
 *
 * and the kernel adds x to load(row, t + lag). It works in powers of two: everything is scaled by
 * log2(e) / μ beforehand, so that a weight is 2^(m − v). Options below 2^−CUT of the best are left
 * out. Addresses come from the table at `ctx`, laid out by kernel-memory.ts; nothing is allocated.
 * docs/maths/plan.md#smoothing derives it.
 */

import {
  CHUNK_BYTES,
  CHUNK_START,
  COHORT_AMOUNT,
  COHORT_SLOT,
  CURVATURE,
  CURVATURE_PLANE,
  FLOW_COHORT,
  FLOW_RECORD,
  FLOW_SERVICE,
  GROUP_FLOW,
  GROUP_OPTION,
  INV_MU,
  LOAD,
  OPTION_COST,
  OPTION_STEP,
  PRICE,
  RECORD,
  RECORD_ADD,
  RECORD_KEEP,
  SERVICE,
  SLOTS,
  SLOTS_PADDED,
  STEP_AT,
  WITH_CURVATURE,
  WITH_RECORD,
} from './context';
import { word } from './word';

export { roundRecords } from './round';
export { settle } from './settle';

/** 2^−11 of the best option's weight: left out. */
const CUT: f32 = 11.0;

/** 2^a for four a in [−126, 0], to 2e-7. */
// @ts-ignore: decorator
@inline
function exp2(a: v128): v128 {
  const k = f32x4.nearest(a);
  const f = f32x4.sub(a, k);
  let p = f32x4.splat(0.00133335581);
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.00961812911));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.0555041087));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.240226507));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.693147181));
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(1.0));
  const e = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return f32x4.mul(p, e);
}

// @ts-ignore: decorator
@inline
function exp2Scalar(a: f32): f32 {
  return f32x4.extract_lane(exp2(f32x4.splat(max<f32>(a, -126.0))), 0);
}

// @ts-ignore: decorator
@inline
function hmin(v: v128): f32 {
  const a = f32x4.pmin(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  const b = f32x4.pmin(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(b, 0);
}

// @ts-ignore: decorator
@inline
function hsum(v: v128): f32 {
  const a = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  const b = f32x4.add(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(b, 0);
}

/**
 * How many steps of an option have a price in each slot, at least 1. The second derivative couples
 * all priced steps of an option; its row sums, which bound it from above, count them.
 */
function countPriced(
  to: usize,
  bytes: usize,
  slots: i32,
  price: usize,
  optionStep: usize,
  stepAt: usize,
): void {
  memory.fill(to, 0, bytes);
  const one = f32x4.splat(1.0);
  const j1 = load<i32>(optionStep + 4);
  for (let j = load<i32>(optionStep); j < j1; j++) {
    const row = price + (<usize>load<i32>(stepAt + (<usize>j << 2)) << 2);
    for (let b: usize = 0; b < bytes; b += 16) {
      const positive = v128.and(f32x4.gt(v128.load(row + b), f32x4.splat(0.0)), one);
      v128.store(to + b, f32x4.add(v128.load(to + b), positive));
    }
  }
  for (let t = <usize>slots << 2; t < bytes; t += 4) store<f32>(to + t, 0);
  let most = one;
  for (let b: usize = 0; b < bytes; b += 16) most = f32x4.pmax(most, v128.load(to + b));
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
  most = f32x4.pmax(most, v128.shuffle<f32>(most, most, 1, 0, 3, 2));
  for (let b: usize = 0; b < bytes; b += 16) v128.store(to + b, most);
}

/**
 * Evaluates the groups of one chunk into that chunk's accumulators. `mode`: WITH_CURVATURE also adds the second derivatives, WITH_RECORD keeps the releases.
 * `scratch` has room for (3 · options of the largest group + 10) · SLOTS_PADDED floats.
 */
export function evaluate(ctx: usize, chunk: i32, scratch: usize, mode: i32): void {
  const padded = <i32>word(ctx, SLOTS_PADDED);
  const bytes = <usize>padded << 2;
  const invMu = load<f32>(ctx + (<usize>INV_MU << 2));
  const price = word(ctx, PRICE);
  const groupOption = word(ctx, GROUP_OPTION);
  const groupFlow = word(ctx, GROUP_FLOW);
  const optionCost = word(ctx, OPTION_COST);
  const optionStep = word(ctx, OPTION_STEP);
  const stepAt = word(ctx, STEP_AT);
  const flowService = word(ctx, FLOW_SERVICE);
  const flowCohort = word(ctx, FLOW_COHORT);
  const cohortSlot = word(ctx, COHORT_SLOT);
  const cohortAmount = word(ctx, COHORT_AMOUNT);
  const service = word(ctx, SERVICE);
  const chunkBytes = word(ctx, CHUNK_BYTES);
  const loads = word(ctx, LOAD) + <usize>chunk * chunkBytes;
  const curvature = word(ctx, CURVATURE) + <usize>chunk * chunkBytes;
  const plane = word(ctx, CURVATURE_PLANE);
  const curved = (mode & WITH_CURVATURE) !== 0;
  memory.fill(loads, 0, plane);
  if (curved) memory.fill(curvature, 0, plane * 3);
  const chunkStart = word(ctx, CHUNK_START);
  const first = load<i32>(chunkStart + (<usize>chunk << 2));
  const last = load<i32>(chunkStart + (<usize>chunk << 2) + 4);

  // Scratch rows of `padded` floats.
  const best = scratch; // min over options of v, scaled, without holding
  const many = best + bytes; // Σ over options of 2^(best − v)
  const value = many + bytes; // v of the cohort at hand, then its weights
  const x = value + bytes; // Σ of x
  const x2 = x + bytes; // Σ of x² / n
  const xMean = x2 + bytes; // Σ of x · mean start slot of the cohort
  const xGround = xMean + bytes; // Σ of x · share carried over
  const rest = xGround + bytes; // min of best over this block of four slots and all later ones
  const optionPrice = rest + bytes; // [option]: Σ of prices
  // After the options' prices: [option]: share of the option in each slot; then [option]: how many
  // of its steps have a price there.

  for (let g = first; g < last; g++) {
    const o0 = load<i32>(groupOption + (<usize>g << 2));
    const o1 = load<i32>(groupOption + (<usize>g << 2) + 4);
    const options = o1 - o0;
    const share = optionPrice + <usize>options * bytes;
    const priced = share + <usize>options * bytes;
    for (let o = 0; o < options; o++) {
      const at = optionPrice + <usize>o * bytes;
      memory.fill(at, 0, bytes);
      const j1 = load<i32>(optionStep + (<usize>(o0 + o) << 2) + 4);
      for (let j = load<i32>(optionStep + (<usize>(o0 + o) << 2)); j < j1; j++) {
        const row = price + (<usize>load<i32>(stepAt + (<usize>j << 2)) << 2);
        for (let b: usize = 0; b < bytes; b += 16) {
          v128.store(at + b, f32x4.add(v128.load(at + b), v128.load(row + b)));
        }
      }
      if (curved) countPriced(priced + <usize>o * bytes, bytes, <i32>word(ctx, SLOTS), price, optionStep + (<usize>(o0 + o) << 2), stepAt);
    }
    const f1 = load<i32>(groupFlow + (<usize>g << 2) + 4);
    for (let f = load<i32>(groupFlow + (<usize>g << 2)); f < f1; f++) {
      const svc = service + (<usize>load<i32>(flowService + (<usize>f << 2)) << 4);
      const w = load<f32>(svc);
      const holding = <usize>load<u32>(svc + 4);
      const carry = <usize>load<u32>(svc + 8);
      const scale = f32x4.splat(invMu / w);

      // Options together: best, many, share.
      for (let b: usize = 0; b < bytes; b += 16) {
        let m = f32x4.splat(Infinity);
        for (let o = 0; o < options; o++) {
          const cost = load<f32>(optionCost + (<usize>(o0 + o) << 2)) * invMu;
          const at = <usize>o * bytes + b;
          const v = f32x4.add(f32x4.mul(v128.load(optionPrice + at), scale), f32x4.splat(cost));
          v128.store(share + at, v);
          m = f32x4.pmin(m, v);
        }
        v128.store(best + b, m);
        let sum = f32x4.splat(1.0);
        if (options > 1) {
          sum = f32x4.splat(0.0);
          for (let o = 0; o < options; o++) {
            const at = share + <usize>o * bytes + b;
            if (!v128.any_true(f32x4.lt(v128.load(at), f32x4.add(m, f32x4.splat(CUT))))) {
              v128.store(at, f32x4.splat(0.0));
              continue;
            }
            const e = exp2(f32x4.pmax(f32x4.splat(-126.0), f32x4.sub(m, v128.load(at))));
            v128.store(at, e);
            sum = f32x4.add(sum, e);
          }
          const inverse = f32x4.div(f32x4.splat(1.0), sum);
          for (let o = 0; o < options; o++) {
            const at = share + <usize>o * bytes + b;
            v128.store(at, f32x4.mul(v128.load(at), inverse));
          }
        } else {
          v128.store(share + b, sum);
        }
        v128.store(many + b, sum);
      }
      // Slots from T on do not exist.
      const slots = <i32>word(ctx, SLOTS);
      for (let t = slots; t < padded; t++) store<f32>(best + (<usize>t << 2), <f32>1e30);

      let least: f32 = Infinity;
      for (let b: usize = bytes; b > 0; ) {
        b -= 16;
        least = min<f32>(least, hmin(v128.load(best + b)));
        store<f32>(rest + b, least);
      }

      memory.fill(x, 0, curved ? bytes << 2 : bytes);
      // As s rises, the slots worth considering move one way: none before the first of the cohort before.
      let from: usize = 0;
      const c1 = load<i32>(flowCohort + (<usize>f << 2) + 4);
      for (let c = load<i32>(flowCohort + (<usize>f << 2)); c < c1; c++) {
        const amount = load<f32>(cohortAmount + (<usize>c << 2));
        if (amount <= 0.0) continue;
        const s = <i32>load<i16>(cohortSlot + (<usize>c << 1));
        const hold = holding - (<usize>s << 2);
        const cv = load<f32>(carry + (<usize>s << 2));
        if (s > 0) from = max<usize>(from, <usize>(s >> 2) << 4);
        let low = f32x4.splat(cv);
        let end = from;
        for (let b: usize = from; b < bytes; b += 16) {
          // Holding rises, so nothing from here on is worth considering once this is so.
          const beyond = f32x4.splat(load<f32>(rest + b) + load<f32>(hold + b) - CUT);
          if (b > from && i32x4.all_true(f32x4.gt(beyond, low))) break;
          end = b + 16;
          const v = f32x4.add(v128.load(best + b), v128.load(hold + b));
          v128.store(value + b, v);
          low = f32x4.pmin(low, v);
        }
        const m = hmin(low);
        const mv = f32x4.splat(m);
        const limit = f32x4.splat(m + CUT);
        let sum = f32x4.splat(0.0);
        let moment = f32x4.splat(0.0);
        let b0: usize = bytes;
        let b1: usize = 0;
        for (let b: usize = from; b < end; b += 16) {
          const v = v128.load(value + b);
          if (v128.any_true(f32x4.lt(v, limit))) {
            const e = f32x4.mul(
              exp2(f32x4.pmax(f32x4.splat(-126.0), f32x4.sub(mv, v))),
              v128.load(many + b),
            );
            v128.store(value + b, e);
            sum = f32x4.add(sum, e);
            if (curved) {
              const t0 = <f32>(b >> 2);
              moment = f32x4.add(
                moment,
                f32x4.mul(e, f32x4.add(f32x4.splat(t0), f32x4(0.0, 1.0, 2.0, 3.0))),
              );
            }
            if (b0 === bytes) b0 = b;
            b1 = b + 16;
          } else if (b0 !== bytes) {
            v128.store(value + b, f32x4.splat(0.0));
          }
        }
        if (b0 !== bytes) from = b0;
        const started = hsum(sum);
        const left = exp2Scalar(m - cv);
        const factor = amount / (started + left);
        const fv = f32x4.splat(factor);
        if (!curved) {
          for (let b: usize = b0; b < b1; b += 16) {
            v128.store(x + b, f32x4.add(v128.load(x + b), f32x4.mul(fv, v128.load(value + b))));
          }
        } else {
          const mean = f32x4.splat(started > 0 ? hsum(moment) / started : 0);
          const ground = f32x4.splat(left / (started + left));
          const inverse = f32x4.splat(<f32>1.0 / amount);
          for (let b: usize = b0; b < b1; b += 16) {
            const y = f32x4.mul(fv, v128.load(value + b));
            v128.store(x + b, f32x4.add(v128.load(x + b), y));
            v128.store(
              x2 + b,
              f32x4.add(v128.load(x2 + b), f32x4.mul(f32x4.mul(y, y), inverse)),
            );
            v128.store(xMean + b, f32x4.add(v128.load(xMean + b), f32x4.mul(y, mean)));
            v128.store(xGround + b, f32x4.add(v128.load(xGround + b), f32x4.mul(y, ground)));
          }
        }
      }

      // Spread over the options and their steps.
      const stiff = f32x4.splat(invMu * <f32>0.6931471805599453 / w); // 1 / (μ·w)
      for (let o = 0; o < options; o++) {
        const q = share + <usize>o * bytes;
        const j0 = load<i32>(optionStep + (<usize>(o0 + o) << 2));
        const j1 = load<i32>(optionStep + (<usize>(o0 + o) << 2) + 4);
        for (let j = j0; j < j1; j++) {
          const at = <usize>load<i32>(stepAt + (<usize>j << 2)) << 2;
          const row = loads + at;
          for (let b: usize = 0; b < bytes; b += 16) {
            const y = f32x4.mul(v128.load(q + b), v128.load(x + b));
            if (v128.any_true(y)) v128.store(row + b, f32x4.add(v128.load(row + b), y));
          }
        }
        if (curved) {
          const count = priced + <usize>o * bytes;
          for (let j = j0; j < j1; j++) {
            const at = <usize>load<i32>(stepAt + (<usize>j << 2)) << 2;
            const d = curvature + at;
            const a = d + plane;
            const z = a + plane;
            for (let b: usize = 0; b < bytes; b += 16) {
              const qb = v128.load(q + b);
              if (!v128.any_true(qb)) continue;
              const k = f32x4.mul(f32x4.mul(qb, stiff), v128.load(count + b));
              const xb = v128.load(x + b);
              const t0 = f32x4.add(f32x4.splat(<f32>(b >> 2)), f32x4(0.0, 1.0, 2.0, 3.0));
              v128.store(
                d + b,
                f32x4.add(
                  v128.load(d + b),
                  f32x4.mul(k, f32x4.sub(xb, f32x4.mul(qb, v128.load(x2 + b)))),
                ),
              );
              v128.store(
                a + b,
                f32x4.add(
                  v128.load(a + b),
                  f32x4.mul(k, f32x4.sub(f32x4.mul(t0, xb), v128.load(xMean + b))),
                ),
              );
              v128.store(
                z + b,
                f32x4.add(
                  v128.load(z + b),
                  f32x4.mul(
                    k,
                    f32x4.add(
                      f32x4.mul(xb, f32x4.sub(f32x4.splat(1.0), qb)),
                      v128.load(xGround + b),
                    ),
                  ),
                ),
              );
            }
          }
        }
        if ((mode & WITH_RECORD) !== 0) {
          const keep = f32x4.splat(load<f32>(ctx + (<usize>RECORD_KEEP << 2)));
          const add = f32x4.splat(load<f32>(ctx + (<usize>RECORD_ADD << 2)));
          const record =
            word(ctx, RECORD) +
            <usize>(load<i32>(word(ctx, FLOW_RECORD) + (<usize>f << 2)) + o) * bytes;
          // What stands there before the first record may be anything, so 0 of it is not always 0.
          const fresh = load<f32>(ctx + (<usize>RECORD_KEEP << 2)) === 0;
          for (let b: usize = 0; b < bytes; b += 16) {
            const y = f32x4.mul(f32x4.mul(v128.load(q + b), v128.load(x + b)), add);
            const old = fresh ? f32x4.splat(0) : f32x4.mul(v128.load(record + b), keep);
            v128.store(record + b, f32x4.add(old, y));
          }
        }
      }
    }
  }
}
