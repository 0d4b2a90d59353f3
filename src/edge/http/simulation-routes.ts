import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Scenario } from '../../network/scenario.js';
import type { PolicyName } from '../../world/policy/policy.js';
import type { SimulationRun } from '../../world/simulation/run.js';
import { principalOf } from '../access/guard.js';
import type { Organisation } from '../access/principal.js';
import { operation } from './gate/route.js';
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

/** A season that is simulated when asked for. */
export interface SimulationDesk {
  readonly scenario: Scenario;
  /** The scenario says that its data are generated: analysts see it. */
  readonly generated: boolean;
  readonly simulations: Simulations;
}

const tags = ['simulations'];

/**
 * The API of simulations. They change while they run: no answer is to be kept. Who may ask sees their own organisation's, and
 * national administrations all; of a season that was not generated, analysts are told nothing (P11).
 */
export function simulationRoutes(desk: SimulationDesk): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addHook('onRequest', async (request) => {
      const { kind } = principalOf(request).organisation;
      if (kind === 'analyst' && !desk.generated) throw notThere();
    });
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    app.addHook('onClose', async () => desk.simulations.close());
    await app.register(jobRoutes(desk));
    await app.register(resultRoutes(desk));
  };
}

/** Starts, lists, tells of and ends simulations. */
function jobRoutes({ simulations }: SimulationDesk): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post(
      '/v1/simulations',
      {
        schema: operation({
          operationId: 'simulate',
          summary: 'Simulate the season under several policies and the same surprises',
          tags,
          body: AskedSimulation,
          answers: { 202: SimulationSummary },
          problems: [404, 409],
        }),
      },
      async (request, reply) => {
        const running = simulations.findOpen();
        if (running) throw busy(running, request);
        const { organisation, actor } = principalOf(request);
        const job = simulations.start({ organisation: organisation.id, actor }, request.body);
        return reply.code(202).header('location', addressOf(job)).send(answerSummary(job));
      },
    );
    app.get(
      '/v1/simulations',
      {
        schema: operation({
          operationId: 'listSimulations',
          summary: 'Simulations since the server started, the newest first',
          tags,
          answers: { 200: SimulationsAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const { organisation } = principalOf(request);
        const seen = simulations.list().filter((job) => maySee(organisation, job));
        return {
          simulations: seen.map(answerSummary),
          busy: simulations.findOpen() !== undefined,
        };
      },
    );
    app.get(
      '/v1/simulations/:id',
      {
        schema: operation({
          operationId: 'getSimulation',
          summary: 'How far it is, and the figures of the runs that have finished',
          tags,
          params: SimulationParams,
          answers: { 200: SimulationAnswer },
          problems: [404],
        }),
      },
      async (request) => answerSimulation(get(simulations, request, request.params.id)),
    );
    app.delete(
      '/v1/simulations/:id',
      {
        schema: operation({
          operationId: 'endSimulation',
          summary: 'Stop one that runs, or remove one that has ended',
          tags,
          params: SimulationParams,
          answers: { 204: null },
          problems: [404],
        }),
      },
      async (request, reply) => {
        simulations.remove(get(simulations, request, request.params.id));
        return reply.code(204).send();
      },
    );
  };
}

/** What came of finished runs, cut to what one picture shows. */
function resultRoutes({ scenario, simulations }: SimulationDesk): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/simulations/:id/curves',
      {
        schema: operation({
          operationId: 'getSimulationCurves',
          summary: 'Parcels by slot under each policy, of one seed',
          tags,
          params: SimulationParams,
          querystring: SeedQuery,
          answers: { 200: CurvesAnswer },
          problems: [404],
        }),
      },
      async (request) =>
        answerCurves(runsOf(simulations, request, request.params.id, request.query.seed)),
    );
    app.get(
      '/v1/simulations/:id/holds',
      {
        schema: operation({
          operationId: 'getSimulationHolds',
          summary: 'What waited at shippers under each policy, of one seed',
          tags,
          params: SimulationParams,
          querystring: SimulatedHoldsQuery,
          answers: { 200: SimulatedHoldsAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const { seed, by } = request.query;
        return answerSimulatedHolds(runsOf(simulations, request, request.params.id, seed), by);
      },
    );
    app.get(
      '/v1/simulations/:id/hubs',
      {
        schema: operation({
          operationId: 'getSimulationHubs',
          summary: 'How full hubs were, slot by slot, of one policy and seed',
          tags,
          params: SimulationParams,
          querystring: HubsQuery,
          answers: { 200: HubsAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const { seed, policy } = request.query;
        const runs = runsOf(simulations, request, request.params.id, seed);
        return answerHubs(scenario, runOf(runs, policy), runs);
      },
    );
    app.get(
      '/v1/simulations/:id/hubs/:hub',
      {
        schema: operation({
          operationId: 'getSimulationHub',
          summary: 'One hub under each policy, of one seed',
          tags,
          params: HubParams,
          querystring: SeedQuery,
          answers: { 200: HubAnswer },
          problems: [404],
        }),
      },
      async (request) => {
        const { id, hub } = request.params;
        const runs = runsOf(simulations, request, id, request.query.seed);
        const found = answerHub(scenario, runs, hub);
        if (found) return found;
        throw new Problem(404, 'Not Found', 'No such hub was simulated.');
      },
    );
  };
}

/** Each its own organisation's; the nation's administrations, which are over all, everybody's. */
function maySee({ id, kind }: Organisation, { by }: SimulationJob): boolean {
  return kind === 'administration' || by.organisation === id;
}

function get(simulations: Simulations, request: FastifyRequest, id: string): SimulationJob {
  const job = simulations.find(id);
  if (job && maySee(principalOf(request).organisation, job)) return job;
  throw notThere();
}

/** Said of what is not there any more and of what is others', in the same words. */
function notThere(): Problem {
  return new Problem(404, 'Not Found', 'There is no such simulation, or not any more.');
}

/** The finished runs with a seed, in the order of policies. */
function runsOf(
  simulations: Simulations,
  request: FastifyRequest,
  id: string,
  seed: number,
): readonly SimulationRun[] {
  const job = get(simulations, request, id);
  const runs = job.runs.filter((run) => run.seed === seed);
  if (runs.length > 0) return runs;
  throw new Problem(404, 'Not Found', `No run with seed ${seed} has finished.`);
}

function runOf(runs: readonly SimulationRun[], policy: PolicyName): SimulationRun {
  const run = runs.find((each) => each.policy === policy);
  if (run) return run;
  throw new Problem(404, 'Not Found', `No run under policy ${policy} has finished.`);
}

/** Only one at a time: it takes the whole machine. Where it is, who may see it is told. */
function busy(job: SimulationJob, request: FastifyRequest): Problem {
  const isSeen = maySee(principalOf(request).organisation, job);
  return new Problem(409, 'Conflict', 'A simulation is running; only one does at a time.', {
    'retry-after': String(Math.ceil(secondsLeft(job))),
    ...(isSeen && { location: addressOf(job) }),
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
