/** Levels of warnings, from least to most (蓝 黄 橙 红). */
export const LEVELS = ['blue', 'yellow', 'orange', 'red'] as const;
export type WarningLevel = (typeof LEVELS)[number];

/** What a warning is about: a resource; an operator's resources in a city, a province or all of them; or everybody's there. */
export interface Subject {
  readonly kind: 'resource' | 'city' | 'province' | 'operator' | 'nation';
  /** Resource or operator id; GB/T 2260 code of a city or province; 000000 for the nation. */
  readonly id: string;
}

/** What shows it. */
export type Basis = 'stock' | 'onTheWay' | 'plan';

/** One reason among those that bring the load about, with its part of it. */
export interface Cause {
  /** `stock`: already there; `onTheWay`: departed towards it; `released`: tickets or plan to come; `capacity`: less is sorted than planned. */
  readonly kind: 'stock' | 'onTheWay' | 'released' | 'capacity';
  /** Where it comes from, if from one place: a resource. */
  readonly resource?: string;
  readonly parcels: number;
}

/** What would avert it at the least cost. */
export interface Cure {
  readonly kind: 'holdReleases' | 'divert' | 'addCapacity' | 'clearStock';
  /** A resource, where it is about one. */
  readonly resource?: string;
  /** In parcels, or parcels a slot for capacity. */
  readonly parcels: number;
  /** Slots of holding or of dearer routes, in parcel-slots; modelled. */
  readonly cost: number;
  /** Whether it suffices alone; if nothing does, it is what takes most off the stock. */
  readonly averts: boolean;
}

/** What is expected of a subject, seen at one moment. */
export interface Assessment {
  readonly subject: Subject;
  /** The level whose thresholds are reached; undefined if none, and a warning in force may only stay. */
  readonly level: WarningLevel | undefined;
  /** The level at which a warning in force stays: its thresholds are nearly reached. At least `level`. */
  readonly keeps: WarningLevel;
  readonly basis: Basis;
  /** Whether it is over soon by itself. */
  readonly shape: 'peak' | 'sustained';
  /** Expected moment at which stock exceeds the floor, ms since 1970; undefined if it is stocks above a lower threshold only. */
  readonly breachAt: number | undefined;
  /** That it does before the horizon, 0 … 1. */
  readonly chance: number;
  /** Expected greatest stock as a share of the floor, and hours of own capacity it would take to sort. */
  readonly floorShare: number;
  readonly capacityHours: number;
  readonly causes: readonly Cause[];
  readonly cure: Cure | undefined;
  /** Who is to act: an operator or an administration's region by escalation. */
  readonly owner: { readonly operator?: string; readonly region: string };
}

/** What became of a warning, in the order in which it did. */
export type WarningAct =
  | 'issued'
  | 'raised'
  | 'lowered'
  | 'acknowledged'
  | 'adjusted'
  | 'escalated'
  | 'lifted';

export interface WarningEvent {
  /** The season's clock, ms since 1970. */
  readonly at: number;
  readonly act: WarningAct;
  readonly level: WarningLevel;
  /** Who did it; undefined where the rule did. */
  readonly actor?: string;
  readonly reason?: string;
}

/** A warning from its issue to its end. */
export interface Warning {
  /** Unique in a season. */
  readonly id: string;
  readonly subject: Subject;
  /** As it was assessed last; level as it stands, adjusted by people or not. */
  readonly assessment: Assessment;
  readonly level: WarningLevel;
  /** Version of the policy it was issued by. */
  readonly policyVersion: number;
  readonly issuedAt: number;
  readonly endedAt: number | undefined;
  /** To whom it has come by escalation. */
  readonly reach: 'city' | 'province' | 'nation';
  readonly events: readonly WarningEvent[];
}
