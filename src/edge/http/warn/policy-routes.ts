import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { principalOf } from '../../access/guard.js';
import { type PolicyInForce, policyInForce, setPolicy } from '../../warn/policies.js';
import { operation } from '../gate/route.js';
import type { WarnContext } from './context.js';
import { NewPolicyBody, PolicyAnswer } from './schema.js';

const tags = ['warnings'];

/** The thresholds by which warnings are issued: versions, each with who set it and why. */
export function policyRoutes({ store }: WarnContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/v1/warnings/policy',
      {
        schema: operation({
          operationId: 'getWarningPolicy',
          summary: 'The policy in force: thresholds, hysteresis, escalation',
          tags,
          answers: { 200: PolicyAnswer },
        }),
      },
      async () => viewOf(await policyInForce(store)),
    );
    app.put(
      '/v1/warnings/policy',
      {
        schema: operation({
          operationId: 'setWarningPolicy',
          summary: 'Set the next version of the policy; older ones are kept',
          tags,
          body: NewPolicyBody,
          answers: { 200: PolicyAnswer },
          problems: [409],
        }),
      },
      // Who, why and when is kept by the machine's clock, as the audit log is.
      async (request) =>
        viewOf(await setPolicy(store, principalOf(request), request.body, Date.now())),
    );
  };
}

function viewOf({ policy, madeBy, reason, madeAt }: PolicyInForce): object {
  return {
    policy,
    ...(madeBy !== undefined && { madeBy, reason }),
    ...(madeAt && { madeAt: madeAt.toISOString() }),
  };
}
