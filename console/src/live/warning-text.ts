import type { TFunction } from 'i18next';
import type { LiveWarning, LiveWarningsAnswer } from '../../../src/edge/http/live-schema.ts';
import type { Season } from '../words/season.tsx';

type Cause = NonNullable<LiveWarning['causes']>[number];
type Cure = NonNullable<LiveWarning['cure']>;

/** GB/T 2260's own code for all of them. */
const NATION = '000000';

/** Causes told of a warning: those that bring most of the load about. */
const CAUSES_MOST = 3;

/** What sentences about a warning are made with. */
interface Say extends Pick<LiveWarningsAnswer, 'resources'> {
  readonly t: TFunction<'live'>;
  readonly season: Season;
}

/** What a warning is about, by name. */
export function subjectText({ kind, id }: LiveWarning['subject'], say: Say): string {
  const { t, season } = say;
  if (kind === 'nation') return t('subject.nation');
  if (kind === 'operator') return t('subject.of', { name: season.operator(id) });
  return kind === 'resource' ? resourceText(id, say) : season.place(id);
}

/** The greatest causes, and how many more there are. */
export function causesText(causes: readonly Cause[], say: Say): string {
  const { t } = say;
  const greatest = causes.toSorted((a, b) => b.parcels - a.parcels).slice(0, CAUSES_MOST);
  const text = greatest.map((cause) => causeText(cause, say)).join(t('separator'));
  const more = causes.length - greatest.length;
  return more > 0 ? t('cause.more', { text, n: more }) : text;
}

function causeText({ kind, parcels, resource }: Cause, say: Say): string {
  const { t, season } = say;
  const cause = t(`cause.${kind}`, { n: season.format.count(Math.round(parcels)) });
  return resource === undefined
    ? cause
    : t('cause.from', { cause, resource: resourceText(resource, say) });
}

export function cureText({ kind, parcels, resource, averts }: Cure, say: Say): string {
  const { t, season } = say;
  const what = t(`cure.${kind}`, { n: season.format.count(Math.round(parcels)) });
  const cure =
    resource === undefined
      ? what
      : t('cure.at', { cure: what, resource: resourceText(resource, say) });
  return `${cure}${t(averts ? 'cure.averts' : 'cure.eases')}`;
}

/** The operator that is to act, and where; or the administration of a place. */
export function ownerText(
  { operator, region }: NonNullable<LiveWarning['owner']>,
  { season, t }: Pick<Say, 'season' | 't'>,
): string {
  const where = region === NATION ? t('subject.nation') : season.place(region);
  return operator === undefined ? where : `${season.operator(operator)} · ${where}`;
}

function resourceText(id: string, { resources, season }: Say): string {
  const known = resources.find((each) => each.id === id);
  return known ? season.resource(known) : id;
}
