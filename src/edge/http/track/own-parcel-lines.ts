import type { OwnParcel } from '../../track/own-parcels.js';
import type { TrackSeason } from '../../track/track-season.js';

/** What is wrong with a line; the text names no value (P13). */
export interface LineFault {
  /** The first being 1. */
  readonly line: number;
  readonly code: string;
  readonly field?: string;
  readonly text: string;
}

/** Parcels declared by their lines: one for each line that could be read, and faults of the others. */
export interface DeclaredLines {
  readonly parcels: readonly (OwnParcel & { readonly line: number })[];
  readonly faults: LineFault[];
}

const FIELDS = ['operator', 'parcel', 'ticket'] as const;
const TICKET = /^[\x21-\x7e]{1,64}$/;

/** Reads lines {"operator","parcel","ticket"}; waybill numbers are hashed here and go no further. */
export function readDeclared(body: Buffer, season: TrackSeason): DeclaredLines {
  const faults: LineFault[] = [];
  const texts = body.toString().split('\n');
  if (texts.at(-1) === '') texts.pop();
  const parcels = texts.flatMap((text, i) => {
    const line = i + 1;
    const read = readLine(text, season);
    if (!('code' in read)) return [{ ...read, line }];
    faults.push({ line, ...read });
    return [];
  });
  return { parcels, faults };
}

function readLine(text: string, season: TrackSeason): OwnParcel | Omit<LineFault, 'line'> {
  const fields = fieldsOf(text);
  if (!fields) {
    const said = `A line is an object of the texts ${FIELDS.join(', ')}.`;
    return { code: 'malformed', text: said };
  }
  const { operator, parcel, ticket } = fields;
  const number = season.scenario.pairs.operators.findText(operator);
  if (number < 0) {
    return { code: 'unknown-operator', field: 'operator', text: 'The operator is not known.' };
  }
  const words = season.keys.parcel(number, parcel);
  if (!words) {
    const said = 'parcel is 1 to 55 letters, digits and signs.';
    return { code: 'invalid-field', field: 'parcel', text: said };
  }
  if (!TICKET.test(ticket)) {
    return { code: 'invalid-field', field: 'ticket', text: 'ticket is the number of a ticket.' };
  }
  return { operator, parcel: hashOfWords(words), ticket };
}

function fieldsOf(text: string): Record<(typeof FIELDS)[number], string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { operator, parcel, ticket, ...more } = { operator: 0, parcel: 0, ticket: 0, ...value };
  const isWhole =
    typeof operator === 'string' && typeof parcel === 'string' && typeof ticket === 'string';
  return isWhole && Object.keys(more).length === 0 ? { operator, parcel, ticket } : undefined;
}

/** The four words of a hash as they are kept. */
export function hashOfWords(words: Int32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}

/** And back; several one behind the other. */
export function wordsOfHashes(hashes: readonly Buffer[]): Int32Array {
  const bytes = new Uint8Array(16 * hashes.length);
  for (const [i, hash] of hashes.entries()) bytes.set(hash, 16 * i);
  return new Int32Array(bytes.buffer);
}
