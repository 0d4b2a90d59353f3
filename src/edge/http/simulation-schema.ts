import { type Static, Type } from 'typebox';
import { POLICIES } from '../../world/policy/policy.js';
import { FIGURES } from '../../world/simulation/compare-runs.js';
import { SURPRISE_LEVELS } from '../../world/simulation/surprise-levels.js';
import { NamedResource } from './schema.js';

/**
 * What the API answers of simulations. Slots are indices, slot 0 starting at `scenario.start`; a
 * simulation goes on past the season's last slot, until everything is delivered. Null stands where
 * there is no figure: nothing delivered, never recovered, no floor declared.
 */
const word = { type: 'string' };
const Policy = Type.Enum(POLICIES, word);
const Seed = Type.Integer({ minimum: 0, maximum: 0xffffffff });
const Figure = Type.Union([Type.Number(), Type.Null()]);

/** Runs of one request: enough to tell policies apart, few enough to wait for. */
const RUNS_MOST = 20;

/** Every policy meets the same seeds: seed, seed + 1, … seed + runs − 1. */
const asked = {
  policies: Type.Array(Policy, { minItems: 1, maxItems: POLICIES.length, uniqueItems: true }),
  seed: Type.Integer({ minimum: 0, maximum: 0xffffffff - RUNS_MOST }),
  runs: Type.Integer({ minimum: 1, maximum: RUNS_MOST }),
  surprises: Type.Enum(SURPRISE_LEVELS, word),
};
export const AskedSimulation = Type.Object(asked, {
  additionalProperties: false,
  title: 'AskedSimulation',
});

const Progress = Type.Object({
  /** Runs finished, of all policies, and how many there are to be. */
  finished: Type.Integer(),
  runs: Type.Integer(),
  /** The run at hand. */
  policy: Policy,
  seed: Seed,
  /** Slots simulated; it may pass the season's. */
  slot: Type.Integer(),
  slots: Type.Integer(),
  ready: Type.Number(),
  delivered: Type.Number(),
  plans: Type.Integer(),
});

const summary = {
  id: Type.String(),
  /** Who asked for it, and who of them: a login or a key's id. */
  organisation: Type.String(),
  actor: Type.String(),
  /** ISO 8601, UTC. */
  madeAt: Type.String(),
  /** Wall time so far, or that it took. */
  seconds: Type.Number(),
  asked: AskedSimulation,
  /** `stopping` until the engine has put down what it had in hand. */
  state: Type.Enum(['running', 'stopping', 'stopped', 'done', 'failed'], word),
  progress: Progress,
};
export const SimulationSummary = Type.Object(summary, { title: 'SimulationSummary' });
export const SimulationsAnswer = Type.Object(
  {
    simulations: Type.Array(SimulationSummary),
    /** Whether one is running, of whomever: only one does at a time. */
    busy: Type.Boolean(),
  },
  { title: 'Simulations' },
);

/** The figures that docs/maths/world.md#figures defines, one run's. */
export const FiguresOfRun = Type.Record(Type.Enum(FIGURES), Figure);

/** A mean over n seeds and where it lies with 95 % confidence; no interval for one seed. */
const interval = { n: Type.Integer(), mean: Figure, low: Figure, high: Figure };
const FigureOfPolicy = Type.Object({
  policy: Policy,
  ...interval,
  least: Figure,
  most: Figure,
  /** Less the base's figure in the same seed. */
  difference: Type.Object(interval),
  /** Of a figure that should be 0: in how many seeds it is, and between which shares that lies. */
  zero: Type.Optional(Type.Object({ seeds: Type.Integer(), low: Figure, high: Figure })),
});

export const SimulationAnswer = Type.Object(
  {
    ...summary,
    /** Which policy differences are to: the plan where it was asked for, else the first. */
    base: Policy,
    /** Finished, by seed, then in the order of policies. */
    runs: Type.Array(
      Type.Object({
        policy: Policy,
        seed: Seed,
        /** Simulated: the season's and those until everything was delivered, or nothing moved any more. */
        slots: Type.Integer(),
        planSeconds: Type.Number(),
        worldSeconds: Type.Number(),
        figures: FiguresOfRun,
      }),
    ),
    /** Over the finished runs, one entry a figure in the order of tables; in each, one a policy. */
    figures: Type.Array(
      Type.Object({ name: Type.Enum(FIGURES, word), of: Type.Array(FigureOfPolicy) }),
    ),
  },
  { title: 'Simulation' },
);

export const SimulationParams = Type.Object({ id: Type.String({ maxLength: 40 }) });
export const SeedQuery = Type.Object({ seed: Seed }, { additionalProperties: false });

/** Of every policy that has a finished run with the seed. Parcels, one entry a slot. */
export const CurvesAnswer = Type.Object(
  {
    policies: Type.Array(
      Type.Object({
        policy: Policy,
        ready: Type.Array(Type.Integer()),
        released: Type.Array(Type.Integer()),
        pickedUp: Type.Array(Type.Integer()),
        delivered: Type.Array(Type.Integer()),
        /** Hubs that block each other in a ring. */
        gridlocked: Type.Array(Type.Integer()),
      }),
    ),
  },
  { title: 'SimulationCurves' },
);

/** Rows of a heat map: as many hubs as can be told apart on a screen. */
export const HUB_ROWS = 40;

export const HubsQuery = Type.Object(
  { policy: Policy, seed: Seed },
  { additionalProperties: false },
);
/**
 * All simulated hubs, those in trouble first, in the same order for every policy with the seed; how
 * full the first HUB_ROWS of them are.
 */
export const HubsAnswer = Type.Object(
  {
    hubs: Type.Array(
      Type.Object({
        resource: NamedResource,
        important: Type.Boolean(),
        overflowSlots: Type.Integer(),
      }),
    ),
    /** Stock as per cent of the floor, whole numbers: above 100 exactly where it overflows. */
    full: Type.Array(Type.Array(Type.Integer())),
  },
  { title: 'SimulationHubs' },
);

export const HubParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  hub: Type.String({ minLength: 1, maxLength: 1000 }),
});
export const HubAnswer = Type.Object(
  {
    resource: NamedResource,
    important: Type.Boolean(),
    floor: Figure,
    /** Parcels, one entry a slot, of every policy that has a finished run with the seed. */
    policies: Type.Array(
      Type.Object({
        policy: Policy,
        stock: Type.Array(Type.Integer()),
        outside: Type.Array(Type.Integer()),
        overflowSlots: Type.Integer(),
      }),
    ),
  },
  { title: 'SimulationHub' },
);

export const SimulatedHoldsQuery = Type.Object(
  { seed: Seed, by: Type.Enum(['service', 'origin'], word) },
  { additionalProperties: false },
);
export const SimulatedHoldsAnswer = Type.Object(
  {
    groups: Type.Array(
      Type.Object({
        key: Type.String(),
        policies: Type.Array(
          Type.Object({
            policy: Policy,
            parcels: Type.Number(),
            meanHours: Figure,
            p95Hours: Figure,
          }),
        ),
      }),
    ),
  },
  { title: 'SimulationHolds' },
);

export type AskedSimulation = Static<typeof AskedSimulation>;
export type SimulationSummary = Static<typeof SimulationSummary>;
export type SimulationsAnswer = Static<typeof SimulationsAnswer>;
export type SimulationAnswer = Static<typeof SimulationAnswer>;
export type FigureOfPolicy = Static<typeof FigureOfPolicy>;
export type CurvesAnswer = Static<typeof CurvesAnswer>;
export type HubsQuery = Static<typeof HubsQuery>;
export type HubsAnswer = Static<typeof HubsAnswer>;
export type HubAnswer = Static<typeof HubAnswer>;
export type SimulatedHoldsQuery = Static<typeof SimulatedHoldsQuery>;
export type SimulatedHoldsAnswer = Static<typeof SimulatedHoldsAnswer>;
