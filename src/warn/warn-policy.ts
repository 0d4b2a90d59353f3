import type { WarningLevel } from './warning.js';

/** A level is reached when any of its thresholds is. */
export interface LevelThresholds {
  /** Chance that stock passes the floor within so many hours. */
  readonly chance: number;
  readonly withinHours: number;
  /** Expected greatest stock within the horizon, as a share of the floor. */
  readonly floorShare: number;
  /** The same, in hours that it would take to sort it at the pace expected. */
  readonly capacityHours: number;
}

/** What a cure costs a parcel, in slots of holding one parcel: 1 is what a held parcel costs a slot. */
export interface CureCosts {
  /** A parcel sorted beyond the declared capacity: hands and machines hired for it. */
  readonly addCapacity: number;
  /** A parcel taken from a floor and sorted elsewhere. */
  readonly clearStock: number;
}

/** The limits of cures. */
export interface CureLimits {
  /** Capacity that can be added, as a share of what is declared. */
  readonly addCapacity: number;
  /** Stock that can be taken elsewhere, as a share of the floor. */
  readonly clearStock: number;
  /** A cure keeps expected stock within so much of the floor. */
  readonly floorShare: number;
}

/** When a warning comes to the next level of the administration, by itself. */
export interface EscalationRule {
  readonly to: 'province' | 'nation';
  readonly level: WarningLevel;
  /** In force at that level or above for so long; 0 is at once. */
  readonly afterHours: number;
  /** Counts only while nobody has acknowledged it. */
  readonly unlessAcknowledged: boolean;
}

/** Thresholds of warnings: versioned and dated data, never a standard of the State Post Bureau (docs/maths/warn.md#policy). */
export interface WarnPolicy {
  readonly version: number;
  /** ISO 8601 date from which it holds. */
  readonly since: string;
  /** Where its numbers come from: `assumed` where nobody has set them. */
  readonly basis: 'assumed' | 'set';
  readonly levels: Readonly<Record<WarningLevel, LevelThresholds>>;
  /** From this chance on an expected breach is told with its time. */
  readonly breachChance: number;
  /** Above nine tenths of the floor, say, for longer than `sustainedHours` in one go: sustained, otherwise a peak. */
  readonly sustainedAbove: number;
  readonly sustainedHours: number;
  /** A city, province, operator or the nation has the highest level that resources with this share of its floors have. */
  readonly areaShare: number;
  /** A level is lowered when `margin` of its thresholds was not reached for `lowerAfterHours`, and not sooner than `leastHours` after the last change. */
  readonly margin: number;
  readonly lowerAfterHours: number;
  readonly leastHours: number;
  readonly costs: CureCosts;
  readonly limits: CureLimits;
  readonly escalation: readonly EscalationRule[];
}
