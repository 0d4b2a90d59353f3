/**
 * Words of the context table that the kernel finds its arrays by: addresses, counts and f32 scalars.
 * Read by both sides, so only plain numbers.
 */
/** T */
export const SLOTS = 0;
/** T rounded up to a multiple of 4 */
export const SLOTS_PADDED = 1;
/** log2(e) / μ, f32 */
export const INV_MU = 2;
/** f32 [price rows] */
export const PRICE = 3;
/** i32 [chunks + 1], groups */
export const CHUNK_START = 4;
/** i32 [groups + 1] */
export const GROUP_OPTION = 5;
/** i32 [groups + 1] */
export const GROUP_FLOW = 6;
/** f32 [options], in slots */
export const OPTION_COST = 7;
/** i32 [options + 1] */
export const OPTION_STEP = 8;
/** i32 [steps], first float of the step's row for t = 0 */
export const STEP_AT = 9;
/** i32 [flows] */
export const FLOW_SERVICE = 10;
/** i32 [flows + 1] */
export const FLOW_COHORT = 11;
/** i16 [cohorts] */
export const COHORT_SLOT = 12;
/** f32 [cohorts] */
export const COHORT_AMOUNT = 13;
/** {w f32, holding, carry, 0} [services]: scaled tables by t − s and by s */
export const SERVICE = 14;
/** f32 [chunks][4 planes][price rows]: load, diagonal, tilt, ground */
export const LOAD = 15;
/** from one chunk's planes to the next's */
export const CHUNK_BYTES = 16;
/** the second plane of the first chunk */
export const CURVATURE = 17;
/** bytes of a plane */
export const CURVATURE_PLANE = 18;
/** f32 [records][SLOTS_PADDED], releases */
export const RECORD = 19;
/** i32 [flows], the record of the flow's first option */
export const FLOW_RECORD = 20;
/** f32: record = record · keep + x · add */
export const RECORD_KEEP = 21;
/** f32 */
export const RECORD_ADD = 22;
/** i32 [components + 1], into SETTLE_ORDER */
export const SETTLE_START = 23;
/** i32 [groups], by component */
export const SETTLE_ORDER = 24;
/** i32 [steps], first float of the step's resource row for t = 0 */
export const SETTLE_STEP_AT = 25;
/** i32 [steps] */
export const SETTLE_SPAN = 26;
/** f32 [resource rows], price − stiffness · capacity */
export const SETTLE_BASE = 27;
/** f32 [resource rows] */
export const SETTLE_STIFFNESS = 28;
/** f32 [resource rows] */
export const SETTLE_LOAD = 29;
/** {w f32, holding, carry penalty f32, 0} [services]: in slots, by t − s ≥ 0 */
export const SETTLE_CLASS = 30;
/** most slots a unit moves at once */
export const SETTLE_REACH = 31;
/** f32 [components] */
export const SETTLE_MOVED = 32;
/** f32 [resource rows] */
export const SETTLE_CAPACITY = 33;
/** f32: what ψ' rises by, beyond the stiffness, a unit above capacity */
export const SETTLE_OVER = 34;
export const WORDS = 35;

/** Modes of `evaluate`. */
export const WITH_CURVATURE = 1;
export const WITH_RECORD = 2;
