import { type Static, Type } from 'typebox';
import type { Kind } from '../../track/scans.js';
import { NamedResource } from './schema.js';
import { FlowsAnswer } from './track/schema.js';
import { WarningView } from './warn/schema.js';

/**
 * What the console is told of the network as it lives (docs/spec/tracking.md). Quantities are parcels that are tracked, or
 * scans of them; times are ISO 8601, UTC, by the season's clock.
 */
const Count = Type.Integer({ minimum: 0 });

/** What there is to watch; the same as long as the server runs. */
export const LiveAnswer = Type.Object({
  /** Parcels that each tracked one stands for: more than 1 where a made-up season's are followed by sample. */
  scale: Type.Number({ minimum: 1 }),
  /** Whether warnings are there. */
  warnings: Type.Boolean(),
  hubs: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      operator: Type.String(),
      region: Type.String(),
      /** Null where none is declared. */
      floor: Type.Union([Type.Number(), Type.Null()]),
      /** Parcels a slot. */
      capacity: Type.Number(),
    }),
  ),
});

const LiveHub = Type.Object({
  id: Type.String(),
  stock: Count,
  /** Departed towards it. */
  bound: Count,
  /** The latest stamp that came; left out where nothing ever came. */
  newestAt: Type.Optional(Type.String()),
  stale: Type.Boolean(),
});

/** Events `picture` and `changes` of the stream; all hubs in the first, those that changed in the others. */
export const LivePicture = Type.Object({
  ageMs: Type.Number({ minimum: 0 }),
  at: Type.String(),
  /** Of all resources. */
  totals: Type.Object({
    resources: Count,
    /** At places. */
    stock: Count,
    onLanes: Count,
    bound: Count,
    /** Distinct ones. */
    scans: Count,
    /** Resources whose sources are late. */
    stale: Count,
  }),
  hubs: Type.Array(LiveHub),
});

/** Event `alive`: tracking does not answer, and this is how old the last picture is. */
export const LiveAge = Type.Pick(LivePicture, ['ageMs', 'at']);

export const LiveResourceParams = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 1000 }),
});
/** The last slots, the one that is under way the last. */
export const LiveFlowsAnswer = FlowsAnswer;

export const LiveWarningsAnswer = Type.Object({
  /** When those in force were assessed last; left out before. */
  assessedAt: Type.Optional(Type.String()),
  /** Whose thresholds they pass; assumed until somebody sets them. */
  policy: Type.Object({
    version: Type.Integer(),
    basis: Type.Enum(['assumed', 'set'], { type: 'string' }),
  }),
  /** In force, the newest first. */
  items: Type.Array(WarningView),
  /** Those that warnings are about, come from or are cured at. */
  resources: Type.Array(NamedResource),
});

export type LiveAnswer = Static<typeof LiveAnswer>;
export type LiveHub = Static<typeof LiveHub>;
export type LivePicture = Static<typeof LivePicture>;
export type LiveAge = Static<typeof LiveAge>;
export type LiveFlowsAnswer = Static<typeof LiveFlowsAnswer>;
export type LiveWarningsAnswer = Static<typeof LiveWarningsAnswer>;
export type LiveWarning = Static<typeof WarningView>;
/** By which flows are counted. */
export type ScanKind = Kind;
