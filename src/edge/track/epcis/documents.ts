import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';

const SCHEMA = new URL('../../../../data/scans/epcis/epcis-json-schema.json', import.meta.url);

/** The vocabulary that documents are read by. */
export const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const CONTEXTS = new Set([
  CONTEXT,
  'https://ref.gs1.org/standards/epcis/epcis-context.jsonld',
  'https://gs1.github.io/EPCIS/epcis-context.jsonld',
]);

/** What is wrong with a document as a whole; nothing of it is taken then. The text names no value (P13). */
export interface DocumentFault {
  readonly field: string;
  readonly text: string;
}

export type EpcisEvent = Readonly<Record<string, unknown>>;

const FAULTS_MOST = 20;
const schema: unknown = JSON.parse(readFileSync(SCHEMA, 'utf8'));
/** Names of the standard's, the only ones that faults repeat: others may be anything. */
const NAMES = new Set<string>();
noteNames(schema, NAMES);
const ajv = new Ajv({ strict: false, allErrors: false });
formats.default(ajv);
const validate = ajv.compile(isRecord(schema) ? schema : {});

export type ReadDocument =
  | { readonly events: readonly EpcisEvent[] }
  | { readonly faults: readonly DocumentFault[] };

/** Events of an EPCIS document, if it is one by the standard's own schema; or what is wrong with it. */
export function readDocument(document: unknown): ReadDocument {
  const faults = documentFaults(document, 'EPCISDocument');
  const body = isRecord(document) ? document.epcisBody : undefined;
  if (faults.length > 0 || !isRecord(body) || !Array.isArray(body.eventList)) return { faults };
  return { events: body.eventList.filter(isRecord) };
}

/** What is wrong with a document of a type, by the standard's schema and by the vocabulary it is written in. */
export function documentFaults(
  document: unknown,
  type: 'EPCISDocument' | 'EPCISQueryDocument',
): DocumentFault[] {
  if (!isRecord(document)) return [{ field: '', text: 'A document is an object.' }];
  if (document.type !== type) return [{ field: 'type', text: `The type is ${type}.` }];
  if (!validate(document))
    return (validate.errors ?? []).filter(isTelling).map(faultOf).slice(0, FAULTS_MOST);
  if (isStandardContext(document['@context'])) return [];
  return [
    { field: '@context', text: `The vocabulary is ${CONTEXT}, and redefines none of its words.` },
  ];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether words mean what the standard says: its vocabulary is there, and others only add prefixes to it. */
function isStandardContext(context: unknown): boolean {
  const parts: unknown[] = Array.isArray(context) ? context : [context];
  const others = parts.filter((part) => !(typeof part === 'string' && CONTEXTS.has(part)));
  return others.length < parts.length && others.every(onlyAdds);
}

function onlyAdds(part: unknown): boolean {
  return (
    isRecord(part) && Object.keys(part).every((word) => /^[\w-]+$/.test(word) && !NAMES.has(word))
  );
}

/** Of what the validator says, that which names a place; the rest says that an alternative above it failed. */
function isTelling({ keyword }: ErrorObject): boolean {
  return keyword !== 'if' && keyword !== 'propertyNames';
}

function faultOf({
  instancePath,
  message = 'it is not as the standard says',
}: ErrorObject): DocumentFault {
  const field = instancePath
    .slice(1)
    .split('/')
    .map((name) => (NAMES.has(name) || /^\d+$/.test(name) ? name : '…'))
    .join('/');
  return { field, text: `The standard's schema: ${message}.` };
}

function noteNames(part: unknown, names: Set<string>): void {
  if (Array.isArray(part)) for (const each of part) noteNames(each, names);
  if (!isRecord(part)) return;
  if (isRecord(part.properties)) for (const name of Object.keys(part.properties)) names.add(name);
  for (const each of Object.values(part)) noteNames(each, names);
}
