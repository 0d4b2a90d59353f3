import { isUtf8 } from 'node:buffer';
import type { ItemFault, RequestItem } from '../../gate/gate-service.js';
import { parseInstant } from '../../gate/instant.js';
import { Problem } from '../problem.js';
import {
  ID_CHARACTERS_MOST,
  NAME_CHARACTERS_MOST,
  PARCELS_MOST,
  REQUESTS_MOST,
} from './ticket-schema.js';

/**
 * The requests in a JSON body {"requests":[…]}, in order, those with a fault as the fault. By hand, for this is done
 * hundreds of thousands of times a second; a test holds it equal to `RequestItemSchema`. Throws a problem where the
 * body as a whole is none.
 */
export function parseRequests(body: Buffer): (RequestItem | ItemFault)[] {
  const { requests, ...others } = parseJson(body);
  if (!Array.isArray(requests) || Object.keys(others).length > 0) {
    throw unprocessable('The body is an object with one field, requests: a list.');
  }
  if (requests.length === 0 || requests.length > REQUESTS_MOST) {
    throw unprocessable(`There are 1 to ${REQUESTS_MOST} requests in one call.`);
  }
  const items: (RequestItem | ItemFault)[] = requests;
  for (let i = 0; i < items.length; i++) items[i] = findItemFault(items[i]) ?? items[i];
  return items;
}

/** The request on one line of NDJSON, or its fault. */
export function parseLine(line: Buffer): RequestItem | ItemFault {
  if (!isUtf8(line)) return fault(undefined, 'malformed', undefined, 'This is not UTF-8.');
  try {
    const item: RequestItem = JSON.parse(line.toString());
    return findItemFault(item) ?? item;
  } catch {
    return fault(undefined, 'malformed', undefined, 'This is not JSON.');
  }
}

/** A body that may be of the form of one with requests. */
function parseJson(body: Buffer): { requests?: RequestItem[] } {
  if (!isUtf8(body)) throw new Problem(400, 'Bad Request', 'The body is not UTF-8.');
  try {
    return JSON.parse(body.toString()) ?? {};
  } catch {
    throw new Problem(400, 'Bad Request', 'The body is not JSON.');
  }
}

function unprocessable(detail: string): Problem {
  return new Problem(422, 'Unprocessable Entity', detail);
}

/** What is wrong with a request, first found first; undefined: nothing. */
export function findItemFault(item: unknown): ItemFault | undefined {
  if (!isObject(item)) return fault(undefined, 'malformed', undefined, 'A request is an object.');
  const id = isText(item.id, ID_CHARACTERS_MOST) ? item.id : undefined;
  for (const field in item) {
    if (!RULES.has(field)) {
      return fault(id, 'unknown-field', undefined, 'A request has no such field.');
    }
  }
  for (const [field, [optional, isValid, text]] of RULES) {
    const value = item[field];
    if (value === undefined) {
      if (!optional) return fault(id, 'missing-field', field, `${field} is needed: ${text}.`);
    } else if (!isValid(value)) return fault(id, 'invalid-field', field, `${field} is ${text}.`);
  }
  return undefined;
}

const isName = (value: unknown): boolean => isText(value, NAME_CHARACTERS_MOST);
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && !Number.isNaN(parseInstant(value));

const NAME = `1 to ${NAME_CHARACTERS_MOST} characters, none of them a control character`;
const INSTANT = 'a time, ISO 8601 with seconds and offset';

type Check = readonly [optional: boolean, isValid: (value: unknown) => boolean, text: string];

const FIELDS: Record<keyof RequestItem, Check> = {
  id: [
    false,
    (value) => isText(value, ID_CHARACTERS_MOST),
    NAME.replace(String(NAME_CHARACTERS_MOST), String(ID_CHARACTERS_MOST)),
  ],
  service: [false, isName, NAME],
  operator: [false, isName, NAME],
  origin: [false, isName, NAME],
  destination: [false, isName, NAME],
  readyAt: [false, isInstant, INSTANT],
  parcels: [false, isParcels, `an integer from 1 to ${PARCELS_MOST}`],
  notAfter: [true, isInstant, INSTANT],
  divisible: [true, (value) => typeof value === 'boolean', 'true or false'],
};

const RULES = new Map(Object.entries(FIELDS));

function isParcels(value: unknown): boolean {
  if (typeof value !== 'number') return false;
  return Number.isInteger(value) && value >= 1 && value <= PARCELS_MOST;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is a text of 1 to `most` characters, no control character and no half of a pair among them. */
function isText(value: unknown, most: number): value is string {
  if (typeof value !== 'string' || value.length === 0 || value.length > 2 * most) return false;
  let characters = 0;
  for (let i = 0; i < value.length; i++, characters++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return false;
    if ((code & 0xf800) !== 0xd800) continue;
    if (code >= 0xdc00 || (value.charCodeAt(i + 1) & 0xfc00) !== 0xdc00) return false;
    i += 1;
  }
  return characters <= most;
}

function fault(
  id: string | undefined,
  code: string,
  field: string | undefined,
  text: string,
): ItemFault {
  return field === undefined ? { id, code, text } : { id, code, field, text };
}
