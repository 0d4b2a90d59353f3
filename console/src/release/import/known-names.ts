import { operatorName } from '../../words/operators.ts';
import table from '../../words/place-names.csv?raw';
import { serviceName } from '../../words/services.ts';

/** Ids of what a cell names, in code or in either language. */
export interface KnownNames {
  readonly operator: (text: string) => string | undefined;
  readonly service: (text: string) => string | undefined;
  /** One: it is that; several: more must be said; none: there is no such place. */
  readonly places: (text: string) => readonly string[];
}

const LANGUAGES = ['zh', 'en'] as const;
/** What the generator calls its services; others are named by their ids. */
const SERVICES = ['standard', 'promotion', 'timed'];
/** A scenario's own id: the server knows whether there is one. */
const ID = /^[A-Za-z][\w.-]{0,63}$/;
const CODE = /^\d{6}$/;

/** @param operators ids that the season has; @param places codes that it has, by which one of two names is chosen. */
export function knownNames(
  operators: readonly string[],
  places: ReadonlySet<string> = new Set(),
): KnownNames {
  const operatorIds = byName(operators, operatorName);
  const serviceIds = byName(SERVICES, serviceName);
  return {
    operator: (text) => operatorIds.get(plain(text)),
    service: (text) => serviceIds.get(plain(text)) ?? (ID.test(text) ? text : undefined),
    places: (text) => {
      if (CODE.test(text) || places.has(text)) return [text];
      return chosenOf(codesOf(text), places);
    },
  };
}

function byName(
  ids: readonly string[],
  name: (id: string, language: 'zh' | 'en') => string,
): Map<string, string> {
  return new Map(
    ids.flatMap((id) =>
      [id, ...LANGUAGES.map((language) => name(id, language))].map(
        (text) => [plain(text), id] as const,
      ),
    ),
  );
}

const SUFFIX = /(特别行政区|自治区|自治州|地区|市|省|盟)$/;

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
}

let codes: Map<string, string[]> | undefined;

function codesOf(text: string): readonly string[] {
  codes ??= readCodes();
  const name = plain(text);
  return codes.get(name) ?? codes.get(name.replace(SUFFIX, '')) ?? [];
}

function readCodes(): Map<string, string[]> {
  const read = new Map<string, string[]>();
  for (const line of table.trim().split('\n').slice(1)) {
    const [code, ...names] = line.split(',');
    for (const name of new Set(names.map(plain))) {
      read.set(name, [...(read.get(name) ?? []), code]);
    }
  }
  return read;
}

/** Of several places of a name, those of the season; of those, cities rather than provinces. */
function chosenOf(found: readonly string[], places: ReadonlySet<string>): readonly string[] {
  if (found.length < 2) return found;
  const own = found.filter((code) => places.has(code));
  const some = own.length > 0 ? own : found;
  const cities = some.filter((code) => !code.endsWith('0000'));
  return cities.length > 0 ? cities : some;
}
