/** Rounding (docs/maths/plan.md#rounding): the records of merged flows, made whole. */
import {
  COHORT_AMOUNT,
  COHORT_SLOT,
  FLOW_COHORT,
  FLOW_RECORD,
  GROUP_FLOW,
  GROUP_OPTION,
  OPTION_STEP,
  RECORD,
  SETTLE_LOAD,
  SETTLE_ORDER,
  SETTLE_SPAN,
  SETTLE_START,
  SETTLE_STEP_AT,
  SLOTS,
  SLOTS_PADDED,
} from './context';
import { word } from './word';

/** Makes the records of a component whole (what a flow has released by t is rounded, slot by slot) and adds up their loads. */
export function roundRecords(ctx: usize, component: i32, scratch: usize): void {
  const slots = <i32>word(ctx, SLOTS);
  const padded = <i32>word(ctx, SLOTS_PADDED);
  const start = word(ctx, SETTLE_START);
  const order = word(ctx, SETTLE_ORDER);
  const i1 = load<i32>(start + (<usize>component << 2) + 4);
  for (let i = load<i32>(start + (<usize>component << 2)); i < i1; i++) {
    const g = load<i32>(order + (<usize>i << 2));
    const o0 = load<i32>(word(ctx, GROUP_OPTION) + (<usize>g << 2));
    const options = load<i32>(word(ctx, GROUP_OPTION) + (<usize>g << 2) + 4) - o0;
    const f1 = load<i32>(word(ctx, GROUP_FLOW) + (<usize>g << 2) + 4);
    for (let f = load<i32>(word(ctx, GROUP_FLOW) + (<usize>g << 2)); f < f1; f++) {
      roundFlow(ctx, f, o0, options, slots, padded, scratch);
    }
  }
}

function roundFlow(
  ctx: usize,
  f: i32,
  o0: i32,
  options: i32,
  slots: i32,
  padded: i32,
  due: usize,
): void {
  const record = word(ctx, RECORD) + <usize>(load<i32>(word(ctx, FLOW_RECORD) + (<usize>f << 2)) * padded) * 4;
  const cohortSlot = word(ctx, COHORT_SLOT);
  const cohortAmount = word(ctx, COHORT_AMOUNT);
  let c = load<i32>(word(ctx, FLOW_COHORT) + (<usize>f << 2));
  const c1 = load<i32>(word(ctx, FLOW_COHORT) + (<usize>f << 2) + 4);
  memory.fill(due, 0, <usize>options << 2);
  let ready: f64 = 0;
  let total: f64 = 0;
  let placed: f64 = 0;
  for (let t = 0; t < slots; t++) {
    while (c < c1 && <i32>load<i16>(cohortSlot + (<usize>c << 1)) <= t) {
      ready += <f64>load<f32>(cohortAmount + (<usize>c << 2));
      c++;
    }
    for (let o = 0; o < options; o++) {
      const at = record + (<usize>(o * padded + t) << 2);
      const x = load<f32>(at);
      total += <f64>x;
      store<f32>(due + (<usize>o << 2), load<f32>(due + (<usize>o << 2)) + x);
      store<f32>(at, 0);
    }
    let want = min<f64>(Math.floor(total + 0.5), ready) - placed;
    while (want > 0) {
      let best = 0;
      for (let o = 1; o < options; o++) {
        if (load<f32>(due + (<usize>o << 2)) > load<f32>(due + (<usize>best << 2))) best = o;
      }
      const d = load<f32>(due + (<usize>best << 2));
      const n = min<f64>(want, max<f64>(1, Math.floor(<f64>d + 0.5)));
      const at = record + (<usize>(best * padded + t) << 2);
      store<f32>(at, load<f32>(at) + <f32>n);
      store<f32>(due + (<usize>best << 2), d - <f32>n);
      addLoad(ctx, o0 + best, t, <f32>n);
      placed += n;
      want -= n;
    }
  }
}

/** Adds n to the load of what option o loads when it starts in slot t. */
// @ts-ignore: decorator
@inline
export function addLoad(ctx: usize, o: i32, t: i32, n: f32): void {
  const loads = word(ctx, SETTLE_LOAD);
  const stepAt = word(ctx, SETTLE_STEP_AT);
  const stepSpan = word(ctx, SETTLE_SPAN);
  const j1 = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2) + 4);
  for (let j = load<i32>(word(ctx, OPTION_STEP) + (<usize>o << 2)); j < j1; j++) {
    const span = load<i32>(stepSpan + (<usize>j << 2));
    let at = loads + (<usize>(load<i32>(stepAt + (<usize>j << 2)) + t) << 2);
    for (let i = 0; i < span; i++, at += 4) store<f32>(at, load<f32>(at) + n);
  }
}
