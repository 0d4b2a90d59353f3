import { isUtf8 } from 'node:buffer';
import { FaultList } from './fault.js';

/** The object in the bytes of a JSON file; undefined, and a fault, if there is none. */
export function parseJson(file: string, bytes: Uint8Array, faults: FaultList): object | undefined {
  const add = (line: number, rule: string, text: string, cure: string) =>
    faults.add({ file, line, field: '', rule, text, cure });
  if (!isUtf8(bytes)) {
    add(0, 'not-utf8', 'the text is not UTF-8', 'Save the file as UTF-8.');
    return undefined;
  }
  const text = new TextDecoder().decode(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    add(1, 'bad-json', 'the file does not hold an object', 'Put the fields in braces.');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, at).split('\n').length;
    add(line, 'bad-json', message, 'Mend the JSON; a file that ends early was cut.');
  }
  return undefined;
}

/** Takes typed fields from a JSON object; a field that is missing or wrong is listed as a fault. */
export class JsonFields {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(
    private readonly file: string,
    /** Where the object stands in the file, such as `services[0].`. */
    private readonly path: string,
    object: object,
    private readonly faults: FaultList,
    /** The document that says what the fields mean. */
    private readonly spec = 'docs/spec/release-planning.md',
  ) {
    this.#values = new Map(Object.entries(object));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string {
    const value = this.#get(name);
    if (typeof value === 'string' && value !== '') return value;
    if (value !== undefined) {
      this.add(
        name,
        'bad-field',
        `${shown(value)} is not a text`,
        'Write a text of at least one letter, in quotes.',
      );
    }
    return '';
  }

  /** An instant: ISO 8601 with an offset, of a day that exists. */
  instant(name: string): string {
    const value = this.#get(name);
    if (typeof value === 'string' && isInstant(value)) return value;
    if (value !== undefined) {
      this.add(
        name,
        'bad-field',
        `${shown(value)} is not an instant with an offset`,
        'Write it as 2021-11-01T00:00:00+08:00.',
      );
    }
    return '';
  }

  number(
    name: string,
    range: { above?: number; least?: number; most?: number; isInteger?: boolean },
  ): number {
    const value = this.#get(name);
    if (value === undefined) return Number.NaN;
    const { above = -Infinity, least = -Infinity, most = Infinity, isInteger = false } = range;
    const isFine =
      typeof value === 'number' &&
      value > above &&
      value >= least &&
      value <= most &&
      Number.isFinite(value) &&
      (!isInteger || Number.isInteger(value));
    if (isFine) return value;
    const wanted = [
      isInteger ? 'a whole number' : 'a number',
      ...(above > -Infinity ? [`above ${above}`] : []),
      ...(least > -Infinity ? [`of at least ${least}`] : []),
      ...(most < Infinity ? [`and at most ${most}`] : []),
    ].join(' ');
    this.add(
      name,
      'bad-field',
      `${shown(value)} is not ${wanted}`,
      `Write ${wanted}, without quotes.`,
    );
    return Number.NaN;
  }

  /** A number; NaN for null, which stands where there is none. */
  numberOrNone(name: string): number {
    return this.#values.get(name) === null ? Number.NaN : this.number(name, {});
  }

  boolean(name: string): boolean {
    const value = this.#get(name);
    if (value === true) return true;
    if (value !== undefined && value !== false) {
      this.add(name, 'bad-field', `${shown(value)} is not true or false`, 'Write true or false.');
    }
    return false;
  }

  /** The fields of an object; where there is none, that is the one fault and its fields are none. */
  object(name: string): JsonFields {
    const value = this.#get(name);
    const path = `${this.path}${name}.`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new JsonFields(this.file, path, value, this.faults, this.spec);
    }
    if (value !== undefined) {
      this.add(name, 'bad-field', `${shown(value)} is not an object`, 'Put its fields in braces.');
    }
    return new JsonFields(this.file, path, {}, new FaultList(0), this.spec);
  }

  /** A list of at least one object. */
  list(name: string): JsonFields[] {
    const value = this.#get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value) || value.length === 0) {
      this.add(
        name,
        'bad-field',
        `${shown(value)} is not a list with an entry`,
        'Write at least one object in brackets.',
      );
      return [];
    }
    return value.flatMap((entry: unknown, i) => {
      const path = `${this.path}${name}[${i}]`;
      if (typeof entry === 'object' && entry !== null) {
        return [new JsonFields(this.file, `${path}.`, entry, this.faults, this.spec)];
      }
      this.add(
        `${name}[${i}]`,
        'bad-field',
        `${shown(entry)} is not an object`,
        'Put its fields in braces.',
      );
      return [];
    });
  }

  add(name: string, rule: string, text: string, cure: string): void {
    this.faults.add({ file: this.file, line: 0, field: this.path + name, rule, text, cure });
  }

  #get(name: string): unknown {
    const value = this.#values.get(name);
    if (value === undefined) {
      this.add(
        name,
        'missing-field',
        'the field is missing',
        `Add ${JSON.stringify(name)}; ${this.spec} says what it means.`,
      );
    }
    return value;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function isInstant(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1, 4).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const clock = text.replace(/([+-]\d\d)$/, '$1:00').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    !Number.isNaN(Date.parse(clock))
  );
}
