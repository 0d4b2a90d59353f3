import { greatest } from './cure.js';
import type { HubForecast } from './forecast.js';
import { rankOf } from './levels.js';
import type { WarnModel } from './warn-model.js';
import type { WarnPolicy } from './warn-policy.js';
import { type Assessment, LEVELS, type Subject, type WarningLevel } from './warning.js';

/** GB/T 2260: the nation. */
export const NATION = '000000';

/** Resources with a floor that make up a subject. */
interface Area {
  readonly subject: Subject;
  readonly owner: Assessment['owner'];
  readonly members: number[];
}

/** A member that is warned of, with its part of the area's floors. */
interface Part {
  readonly floor: number;
  readonly assessment: Assessment;
}

/**
 * Assessments of cities, provinces, operators and the nation. An area has the highest level that members with `areaShare`
 * of its floors have; its chance and time of breach are those at which members with so much of its floors pass
 * theirs. Kinds in the order of the list, then by id.
 */
export function assessAreas(
  model: WarnModel,
  policy: WarnPolicy,
  byResource: ReadonlyMap<number, HubForecast>,
  ofResources: ReadonlyMap<number, Assessment>,
): Assessment[] {
  return areasOf(model).flatMap((area) => {
    const floors = area.members.reduce((all, r) => all + model.floor[r], 0);
    const parts = area.members.flatMap((r) => {
      const assessment = ofResources.get(r);
      return assessment ? [{ floor: model.floor[r] / floors, assessment }] : [];
    });
    const keeps = levelReached(policy, parts, (a) => a.keeps);
    if (keeps === undefined) return [];
    const hubs = area.members.flatMap((r) => byResource.get(r) ?? []);
    const peak = hubs.reduce((all, hub) => all + greatest(hub), 0);
    const hours = hubs.reduce((all, hub) => all + rateOf(model, hub), 0);
    return [
      {
        subject: area.subject,
        level: levelReached(policy, parts, (a) => a.level),
        keeps,
        ...likeMost(policy, parts),
        floorShare: peak / floors,
        capacityHours: hours > 0 ? peak / hours : Infinity,
        owner: area.owner,
      },
    ];
  });
}

/** GB/T 2260: the province of a city; undefined where the code is none. */
export function provinceOf(region: string): string | undefined {
  return /^[1-9]\d{5}$/.test(region) ? `${region.slice(0, 2)}0000` : undefined;
}

function areasOf(model: WarnModel): Area[] {
  const { region, operator } = model.scenario.resources;
  const areas = new Map<string, Area>();
  const join = (kind: Subject['kind'], id: string, r: number, owner: Area['owner']): void => {
    const key = `${kind} ${id}`;
    const area = areas.get(key) ?? { subject: { kind, id }, owner, members: [] };
    areas.set(key, area);
    area.members.push(r);
  };
  for (const r of model.hubs) {
    const province = provinceOf(region[r]);
    if (province !== region[r]) join('city', region[r], r, { region: region[r] });
    if (province) join('province', province, r, { region: province });
    join('operator', operator[r], r, { operator: operator[r], region: NATION });
    join('nation', NATION, r, { region: NATION });
  }
  const order = ['city', 'province', 'operator', 'nation'];
  return [...areas.values()].toSorted(
    (a, b) =>
      order.indexOf(a.subject.kind) - order.indexOf(b.subject.kind) ||
      (a.subject.id < b.subject.id ? -1 : 1),
  );
}

function levelReached(
  { areaShare }: WarnPolicy,
  parts: readonly Part[],
  levelOf: (assessment: Assessment) => WarningLevel | undefined,
): WarningLevel | undefined {
  return LEVELS.findLast((level) => {
    const at = parts.filter(({ assessment }) => rankOf(levelOf(assessment)) >= rankOf(level));
    return at.length > 0 && floorOf(at) >= areaShare;
  });
}

/** What is told of an area by its members: of chances and times the one at which enough of its floors are concerned. */
function likeMost(
  { areaShare }: WarnPolicy,
  parts: readonly Part[],
): Pick<Assessment, 'basis' | 'shape' | 'breachAt' | 'chance' | 'causes' | 'cure'> {
  const byChance = parts.toSorted(
    (a, b) => b.assessment.chance - a.assessment.chance || compare(a, b),
  );
  const [{ assessment: first }] = parts.toSorted(
    (a, b) =>
      b.floor * b.assessment.floorShare - a.floor * a.assessment.floorShare || compare(a, b),
  );
  const breaching = parts
    .filter(({ assessment }) => assessment.breachAt !== undefined)
    .toSorted(
      (a, b) => (a.assessment.breachAt ?? 0) - (b.assessment.breachAt ?? 0) || compare(a, b),
    );
  return {
    basis: first.basis,
    shape: first.shape,
    breachAt: partAt(breaching, areaShare)?.assessment.breachAt,
    chance: partAt(byChance, areaShare)?.assessment.chance ?? 0,
    causes: first.causes,
    cure: first.cure,
  };
}

function partAt(parts: readonly Part[], share: number): Part | undefined {
  let floor = 0;
  return parts.find((part) => (floor += part.floor) >= share);
}

function floorOf(parts: readonly Part[]): number {
  return parts.reduce((all, { floor }) => all + floor, 0);
}

function compare(a: Part, b: Part): number {
  return a.assessment.subject.id < b.assessment.subject.id ? -1 : 1;
}

function rateOf(model: WarnModel, { rate }: HubForecast): number {
  return (
    rate.subarray(1).reduce((all, n) => all + n, 0) / Math.max(1, rate.length - 1) / model.slotHours
  );
}
