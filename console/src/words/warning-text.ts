import type { TFunction } from 'i18next';
import type {
  Warning,
  WarningCause,
  WarningCure,
  WarningOwner,
  WarningSubject,
} from '../../../src/client/api.ts';
import type { NamedResource } from './resources.ts';
import type { Season } from './season.tsx';
import './warning-words.ts';

/** GB/T 2260's own code for all of them. */
const NATION = '000000';

/** Causes told of a warning: those that bring most of the load about. */
const CAUSES_MOST = 3;

/** What sentences about a warning are made with. */
interface Say {
  readonly t: TFunction<'warning'>;
  readonly season: Season;
  /** Resources that warnings name, where the answer has them; others are called by what their id says. */
  readonly named?: readonly NamedResource[];
}

const RANK: Readonly<Record<Warning['level'], number>> = { red: 0, orange: 1, yellow: 2, blue: 3 };

/** The gravest first, then the soonest. */
export function byGravity(a: Warning, b: Warning): number {
  return RANK[a.level] - RANK[b.level] || (a.leadHours ?? Infinity) - (b.leadHours ?? Infinity);
}

/** What a warning is about, by name. */
export function subjectText({ kind, id }: WarningSubject, say: Say): string {
  const { t, season } = say;
  if (kind === 'nation') return t('subject.nation');
  if (kind === 'operator') return t('subject.of', { name: season.operator(id) });
  return kind === 'resource' ? resourceText(id, say) : season.place(id);
}

/** The greatest causes, and how many more there are. */
export function causesText(causes: readonly WarningCause[], say: Say): string {
  const { t } = say;
  const greatest = causes.toSorted((a, b) => b.parcels - a.parcels).slice(0, CAUSES_MOST);
  const text = greatest.map((cause) => causeText(cause, say)).join(t('separator'));
  const more = causes.length - greatest.length;
  return more > 0 ? t('cause.more', { text, n: more }) : text;
}

function causeText({ kind, parcels, resource }: WarningCause, say: Say): string {
  const { t, season } = say;
  const cause = t(`cause.${kind}`, { n: season.format.count(Math.round(parcels)) });
  return resource === undefined
    ? cause
    : t('cause.from', { cause, resource: resourceText(resource, say) });
}

export function cureText({ kind, parcels, resource, averts }: WarningCure, say: Say): string {
  const { t, season } = say;
  const what = t(`cure.${kind}`, { n: season.format.count(Math.round(parcels)) });
  const cure =
    resource === undefined
      ? what
      : t('cure.at', { cure: what, resource: resourceText(resource, say) });
  return `${cure}${t(averts ? 'cure.averts' : 'cure.eases')}`;
}

/** The operator that is to act, and where; or the administration of a place. */
export function ownerText({ operator, region }: WarningOwner, { season, t }: Say): string {
  const where = region === NATION ? t('subject.nation') : season.place(region);
  return operator === undefined ? where : `${season.operator(operator)} · ${where}`;
}

/** When it is expected, and how long that is from now. */
export function breachText({ breachAt, leadHours = 0 }: Warning, { t, season }: Say): string {
  if (breachAt === undefined) return t('noBreach');
  const { format } = season;
  const lead = leadHours > 0 ? t('lead', { hours: format.decimal(leadHours) }) : t('over');
  return `${format.minute(breachAt)} · ${lead}`;
}

/** How likely it is; undefined where nobody says. */
export function chanceText({ chance, byPerson }: Warning, { t, season }: Say): string | undefined {
  if (chance !== undefined) return season.format.percent(chance);
  return byPerson === true ? t('byPerson') : undefined;
}

function resourceText(id: string, { named = [], season }: Say): string {
  const known = named.find((each) => each.id === id);
  return known ? season.resource(known) : season.resourceById(id);
}
