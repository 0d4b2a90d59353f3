import { type Schema, typeOf } from './schema-type.ts';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** One operation of an OpenAPI description. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** An operation as a method of the client: its path's parameters, its body, its query, in this order. */
export function methodOf(method: string, path: string, operation: Operation): string {
  const { operationId, summary, parameters = [], requestBody } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const { 'application/json': json, 'application/x-ndjson': ndjson } = requestBody?.content ?? {};
  const body = (json ?? ndjson)?.schema;
  const bodyName = json ? 'body' : 'lines';
  const args = [
    ...inPath.map(({ name, schema }) => `${name}: ${typeOf(schema)}`),
    ...(body ? [`${bodyName}: ${typeOf(body)}`] : []),
    ...(query.length > 0 ? [queryArgument(query)] : []),
    'options: CallOptions = {}',
  ];
  const call = [
    `method: '${method.toUpperCase()}'`,
    `path: ${pathText(path)}`,
    ...(body ? [bodyName] : []),
    ...(query.length > 0 ? ['query'] : []),
    ...(isRepeatable(method, path) ? ['repeatable: true'] : []),
  ];
  return [
    `/** ${summary}. */`,
    `${operationId}(${args.join(', ')}): Promise<${answerType(operation)}> {`,
    `return this.call({ ${call.join(', ')} }, options);`,
    '}',
  ].join('\n');
}

function queryArgument(query: NonNullable<Operation['parameters']>): string {
  const isOptional = query.every(({ required }) => !required);
  return `query: ${queryType(query)}${isOptional ? ' = {}' : ''}`;
}

function queryType(query: NonNullable<Operation['parameters']>): string {
  const fields = query.map(
    ({ name, required, schema }) => `readonly ${name}${required ? '' : '?'}: ${typeOf(schema)}`,
  );
  return `{ ${fields.join('; ')} }`;
}

function answerType({ operationId, responses }: Operation): string {
  const [, good] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  if (!good) throw new Error(`${operationId} has no good answer`);
  const [content] = Object.values(good.content ?? {});
  return content && content.schema.type !== 'null' ? typeOf(content.schema) : 'void';
}

function pathText(path: string): string {
  if (!path.includes('{')) return `'${path}'`;
  return `\`${path.replace(/\{(\w+)\}/g, (_, name) => `\${encodeURIComponent(${name})}`)}\``;
}

/** Whether asking twice is as good as once: ids of requests see to it for tickets (G2), their identity for scans (T1). */
function isRepeatable(method: string, path: string): boolean {
  const isIdempotent = /^\/v1\/(tickets|scans|parcels)/.test(path);
  return method === 'get' || method === 'delete' || isIdempotent;
}
