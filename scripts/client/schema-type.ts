/** The part of JSON Schema that the API's description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** A schema as a TypeScript type. Throws for what it does not know: nothing becomes `unknown` unseen. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.items) return `readonly ${inBrackets(typeOf(schema.items))}[]`;
  if (schema.properties) return `{\n${fieldsOf(schema).join('\n')}\n}`;
  const plain = PLAIN[schema.type ?? ''];
  if (plain) return plain;
  throw new Error(`there is no type for ${JSON.stringify(schema)}`);
}

/** A named schema as a declaration. */
export function declarationOf(name: string, schema: Schema): string {
  if (schema.properties) return `export interface ${name} {\n${fieldsOf(schema).join('\n')}\n}`;
  return `export type ${name} = ${typeOf(schema)};`;
}

function fieldsOf({ properties = {}, required = [] }: Schema): string[] {
  return Object.entries(properties).map(([name, schema]) => {
    const comment = schema.description ? `/** ${schema.description} */\n` : '';
    return `${comment}readonly ${keyOf(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};`;
  });
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : literal(name);
}

function inBrackets(type: string): string {
  return /[|{]|^readonly /.test(type) ? `(${type})` : type;
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function literal(value: string | number): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
