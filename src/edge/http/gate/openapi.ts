import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Describes what is registered after it, and serves the description at /openapi.json. */
export async function serveOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Cuofeng release gate',
        description:
          'Tickets for releasing parcels, that never exceed capacity. Rules: docs/spec/gate.md.',
        version: '1',
      },
      security: [{ key: [] }, { session: [] }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A key of an organisation' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-cuofeng-session',
            description: 'Of a person, in the console',
          },
        },
      },
    },
  });
  let description: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    description ??= JSON.stringify(describeNamed(app.swagger()));
    return reply.type('application/json').send(description);
  });
}

/** Puts each schema with a title among the components, once, and a reference where it stood. */
function describeNamed(document: object): object {
  const named: [title: string, schema: unknown][] = [];
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    const visited = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, visit(v)]));
    const { title } = visited;
    if (typeof title !== 'string' || !('type' in value || 'anyOf' in value)) return visited;
    named.push([title, visited]);
    return { $ref: `#/components/schemas/${title}` };
  };
  const { components, ...rest } = Object.fromEntries(Object.entries(document));
  const whole = Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, visit(v)]));
  const schemas = Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { ...whole, components: { ...components, schemas } };
}
