import { NATION } from '../../warn/areas.js';
import type { Assessment, Subject, Warning } from '../../warn/warning.js';
import { contains, type Level, type Organisation } from '../access/principal.js';
import { type Sights, sees } from '../track/sight.js';
import type { TrackSeason } from '../track/track-season.js';

type Owner = Assessment['owner'];

/**
 * How much of a warning somebody sees. `whole`: all of it; `level`: that it is, how grave and when, with nobody's
 * figures and nobody's names.
 */
export type WarningSight = 'whole' | 'level' | undefined;

/** Who sees and who acts on warnings (docs/spec/warnings.md). */
export class WarnSights {
  constructor(
    private readonly season: TrackSeason,
    private readonly sights: Sights,
  ) {}

  /**
   * An administration sees what lies in its region, whether or not it was told; an operator's office its resources' and, at
   * the head office, its operator's; a last-mile operator its own; a platform that there is a warning of a hub.
   */
  of(viewer: Organisation, { subject, assessment: { owner } }: Told): WarningSight {
    const { kind, level, operator } = viewer;
    if (kind === 'administration') {
      return contains(viewer.region, owner.region) ? 'whole' : undefined;
    }
    if (subject.kind === 'operator') {
      const isHeadOffice = kind === 'operator' && level === 'nation';
      return isHeadOffice && subject.id === operator ? 'whole' : undefined;
    }
    if (subject.kind !== 'resource') return undefined;
    const sight = this.sights.of(viewer);
    const resource = this.season.scenario.resources.ids.findText(subject.id);
    if (resource < 0 || !sees(sight, resource)) return undefined;
    return sight.isWhole ? 'whole' : 'level';
  }

  /** Whether a resource may be named to somebody. */
  seesResource(viewer: Organisation, id: string): boolean {
    const resource = this.season.scenario.resources.ids.findText(id);
    return resource >= 0 && sees(this.sights.of(viewer), resource);
  }

  /** Who is to act on a subject; undefined where the season has nothing with a floor there. */
  ownerOf({ kind, id }: Subject): Owner | undefined {
    const { ids, operator, region, floor } = this.season.scenario.resources;
    const hasFloor = (is: (r: number) => boolean) => floor.some((n, r) => n > 0 && is(r));
    if (kind === 'resource') {
      const r = ids.findText(id);
      return r >= 0 && floor[r] > 0 ? { operator: operator[r], region: region[r] } : undefined;
    }
    if (kind === 'operator') {
      return hasFloor((r) => operator[r] === id) ? { operator: id, region: NATION } : undefined;
    }
    if (kind === 'nation') return id === NATION ? { region: NATION } : undefined;
    const isProvince = id.endsWith('0000');
    if (isProvince !== (kind === 'province') || id === NATION) return undefined;
    const isThere = hasFloor((r) => (isProvince ? contains(id, region[r]) : region[r] === id));
    return isThere ? { region: id } : undefined;
  }
}

/** What a sight turns on. */
interface Told {
  readonly subject: Subject;
  readonly assessment: { readonly owner: Owner };
}

/** Whether an administration may change a warning that has come so far: one below may not take back what is above it. */
export function reachesUp(viewer: Organisation, reach: Warning['reach']): boolean {
  return RANK[viewer.level] >= RANK[reach];
}

const RANK: Readonly<Record<Level, number>> = { city: 0, province: 1, nation: 2 };
