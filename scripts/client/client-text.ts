import { methodOf, type Operation } from './operation-method.ts';
import { declarationOf, type Schema } from './schema-type.ts';

/** The part of an OpenAPI description that the client is made of. */
export interface Description {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The source of `src/client/api.ts`: types and one method for each operation. Not formatted. */
export function clientText({ components, paths }: Description): string {
  const types = Object.entries(components.schemas).map(([name, schema]) =>
    declarationOf(name, schema),
  );
  const methods = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => isForPrograms(operation))
      .map(([method, operation]) => methodOf(method, path, operation)),
  );
  return [
    '// Made by `npm run build:client` of what the server says at /openapi.json; not to be edited.',
    "import { Caller, type CallOptions } from './caller.js';",
    ...types,
    `/** The gate's API: a method for each operation. */\nexport class Api extends Caller {\n${methods.join('\n\n')}\n}`,
  ].join('\n\n');
}

/** What only ever answers with a redirect is for browsers; events are read as they come (gate-client.ts). */
function isForPrograms({ responses }: Operation): boolean {
  return Object.entries(responses).some(
    ([status, { content = {} }]) => status.startsWith('2') && !('text/event-stream' in content),
  );
}
