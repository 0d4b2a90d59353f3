import {
  type FastifyPluginAsyncTypebox,
  TypeBoxValidatorCompiler,
} from '@fastify/type-provider-typebox';
import type { Scenario } from '../../network/scenario.js';
import type { PolicyName } from '../../world/policy/policy.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { guardChanges } from './own-pages.js';
import { Problem } from './problem.js';
import { answerHub, answerHubs } from './simulated-hubs.js';
import {
  answerCurves,
  answerSimulatedHolds,
  answerSimulation,
  answerSummary,
} from './simulation-answers.js';
import type { SimulationJob } from './simulation-job.js';
import {
  AskedSimulation,
  CurvesAnswer,
  HubAnswer,
  HubParams,
  HubsAnswer,
  HubsQuery,
  SeedQuery,
  SimulatedHoldsAnswer,
  SimulatedHoldsQuery,
  SimulationAnswer,
  SimulationParams,
  SimulationSummary,
  SimulationsAnswer,
} from './simulation-schema.js';
import type { Simulations } from './simulations.js';

/** What asks for a simulation is some words and two numbers. */
const BODY_BYTES_MOST = 2_000;

/** The API of simulations. They change while they run: no answer is to be kept. */
export function simulationRoutes(
  scenario: Scenario,
  simulations: Simulations,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    guardChanges(app);
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    app.addHook('onClose', async () => simulations.close());
    await app.register(jobRoutes(simulations));
    await app.register(resultRoutes(scenario, simulations));
  };
}

/** Starts, lists, tells of and ends simulations. */
function jobRoutes(simulations: Simulations): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/simulations',
      {
        bodyLimit: BODY_BYTES_MOST,
        validatorCompiler: TypeBoxValidatorCompiler,
        schema: { body: AskedSimulation, response: { 202: SimulationSummary } },
      },
      async ({ body }, reply) => {
        const running = simulations.findOpen();
        if (running) throw busy(running);
        const job = simulations.start(body);
        return reply.code(202).header('location', addressOf(job)).send(answerSummary(job));
      },
    );
    app.get('/simulations', { schema: { response: { 200: SimulationsAnswer } } }, async () => ({
      simulations: simulations.list().map(answerSummary),
    }));
    app.get(
      '/simulations/:id',
      { schema: { params: SimulationParams, response: { 200: SimulationAnswer } } },
      async ({ params }) => answerSimulation(get(simulations, params.id)),
    );
    app.delete(
      '/simulations/:id',
      { schema: { params: SimulationParams } },
      async ({ params }, reply) => {
        simulations.remove(get(simulations, params.id));
        return reply.code(204).send();
      },
    );
  };
}

/** What came of finished runs, cut to what one picture shows. */
function resultRoutes(scenario: Scenario, simulations: Simulations): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/simulations/:id/curves',
      {
        schema: {
          params: SimulationParams,
          querystring: SeedQuery,
          response: { 200: CurvesAnswer },
        },
      },
      async ({ params, query }) => answerCurves(runsOf(simulations, params.id, query.seed)),
    );
    app.get(
      '/simulations/:id/holds',
      {
        schema: {
          params: SimulationParams,
          querystring: SimulatedHoldsQuery,
          response: { 200: SimulatedHoldsAnswer },
        },
      },
      async ({ params, query }) =>
        answerSimulatedHolds(runsOf(simulations, params.id, query.seed), query.by),
    );
    app.get(
      '/simulations/:id/hubs',
      {
        schema: { params: SimulationParams, querystring: HubsQuery, response: { 200: HubsAnswer } },
      },
      async ({ params, query }) => {
        const runs = runsOf(simulations, params.id, query.seed);
        return answerHubs(scenario, runOf(runs, query.policy), runs);
      },
    );
    app.get(
      '/simulations/:id/hubs/:hub',
      {
        schema: { params: HubParams, querystring: SeedQuery, response: { 200: HubAnswer } },
      },
      async ({ params, query }) => {
        const found = answerHub(scenario, runsOf(simulations, params.id, query.seed), params.hub);
        if (found) return found;
        throw new Problem(404, 'Not found', `No hub ${params.hub} was simulated.`);
      },
    );
  };
}

function get(simulations: Simulations, id: string): SimulationJob {
  const job = simulations.find(id);
  if (job) return job;
  throw new Problem(404, 'Not found', `There is no simulation ${id} any more.`);
}

/** The finished runs with a seed, in the order of policies. */
function runsOf(simulations: Simulations, id: string, seed: number): readonly SimulationRun[] {
  const job = get(simulations, id);
  const runs = job.runs.filter((run) => run.seed === seed);
  if (runs.length > 0) return runs;
  throw new Problem(404, 'Not found', `No run with seed ${seed} has finished.`);
}

function runOf(runs: readonly SimulationRun[], policy: PolicyName): SimulationRun {
  const run = runs.find((each) => each.policy === policy);
  if (run) return run;
  throw new Problem(404, 'Not found', `No run under policy ${policy} has finished.`);
}

/** Only one at a time: it takes the whole machine. */
function busy(job: SimulationJob): Problem {
  return new Problem(409, 'Busy', `Simulation ${job.id} is running.`, {
    location: addressOf(job),
    'retry-after': String(Math.ceil(secondsLeft(job))),
  });
}

/** As fast as until now. */
function secondsLeft({
  seconds,
  progress: { finished, runs, slot, slots },
}: SimulationJob): number {
  const done = (finished + Math.min(1, slot / slots) / 2) / runs;
  return Math.max(1, done > 0 ? (seconds * (1 - done)) / done : 1);
}

function addressOf({ id }: SimulationJob): string {
  return `/v1/simulations/${id}`;
}
