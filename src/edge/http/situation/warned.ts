import type { Warning } from '../../../warn/warning.js';
import { contains, type Organisation } from '../../access/principal.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { WarnDesks } from '../../warn/warn-desks.js';
import { viewOf } from '../warn/view.js';
import type { SituationContext } from './context.js';
import { namedView } from './place-view.js';
import type { HubAnswer } from './schema.js';

type Level = 'blue' | 'yellow' | 'orange' | 'red';
const GRAVITY: readonly Level[] = ['blue', 'yellow', 'orange', 'red'];

/** Warnings in force that somebody sees, of any of it. */
export async function openWarnings(
  { warnings }: SituationContext,
  viewer: Organisation,
): Promise<Warning[]> {
  if (!warnings) return [];
  const { warnings: open } = await warnings.reader.open();
  return open.filter((warning) => warnings.sights.of(viewer, warning) !== undefined);
}

/** The gravest level of warnings. */
export function gravest(warnings: readonly Warning[]): Level | null {
  const most = Math.max(-1, ...warnings.map(({ level }) => GRAVITY.indexOf(level)));
  return most < 0 ? null : GRAVITY[most];
}

/** Whether a warning is of a region: of it or of anything in it. */
export function isOfRegion(
  { scenario }: TrackSeason,
  region: string,
  { subject }: Warning,
): boolean {
  if (subject.kind === 'city' || subject.kind === 'province') return contains(region, subject.id);
  return subject.kind === 'resource' && contains(region, regionOf(scenario, subject.id));
}

export function isOfOperator(
  { scenario }: TrackSeason,
  operator: string,
  { subject }: Warning,
): boolean {
  if (subject.kind === 'operator') return subject.id === operator;
  if (subject.kind !== 'resource') return false;
  return scenario.resources.operator[scenario.resources.ids.findText(subject.id)] === operator;
}

function regionOf({ resources }: TrackSeason['scenario'], id: string): string {
  return resources.region[resources.ids.findText(id)] ?? '';
}

/** Warnings of a place as somebody sees them, and the resources that they name. */
export async function hubWarnings(
  context: SituationContext,
  viewer: Organisation,
  id: string,
): Promise<{ readonly warnings: readonly object[]; readonly named: HubAnswer['named'] }> {
  const { warnings: desks, service } = context;
  if (!desks) return { warnings: [], named: [] };
  const { ids } = service.season.scenario.resources;
  const about = (await openWarnings(context, viewer)).filter(
    ({ subject }) => subject.kind === 'resource' && subject.id === id,
  );
  const names = new Set(about.flatMap((warning) => namesIn(desks, viewer, warning)));
  return {
    warnings: about.flatMap((warning) => viewOf(desks, viewer, warning) ?? []),
    named: [...names].map((name) => namedView(service.season, ids.findText(name))),
  };
}

/** What a warning names, as far as whoever asks sees it. */
function namesIn(
  { sights }: Pick<WarnDesks, 'sights'>,
  viewer: Organisation,
  warning: Warning,
): string[] {
  const { subject, assessment } = warning;
  const { causes, cure } = assessment;
  const behind = [...causes, ...(cure ? [cure] : [])].flatMap(({ resource }) => resource ?? []);
  const named = sights.of(viewer, warning) === 'whole' ? [subject.id, ...behind] : [subject.id];
  return named.filter((id) => sights.seesResource(viewer, id));
}
