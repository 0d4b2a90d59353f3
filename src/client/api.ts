// Made by `npm run build:client` of what the server says at /openapi.json; not to be edited.

import { Caller, type CallOptions } from './caller.js';

export interface Acceptance {
  readonly at: string;
  readonly ageMs: number;
  readonly scale: number;
  readonly by: 'city' | 'province';
  readonly slots: {
    readonly from: number;
    readonly until: number;
    readonly now: number;
  };
  readonly origins: readonly {
    readonly operator: string;
    readonly origin: string;
    readonly planned: number;
    readonly ticketed: number;
    readonly confirmed: number;
    readonly pickedUp: number;
    readonly accepted: number | null;
  }[];
  readonly pairs: readonly {
    readonly operator: string;
    readonly origin: string;
    readonly destination: string;
    readonly planned: number;
    readonly ticketed: number;
    readonly confirmed: number;
    readonly pickedUp: number;
  }[];
  readonly pace: {
    readonly planned: readonly number[];
    readonly ticketed: readonly number[];
    readonly confirmed: readonly number[];
    readonly pickedUp: readonly number[];
    readonly accepted: readonly number[] | null;
  };
}

export interface Account {
  readonly login: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly suspended: boolean;
  readonly password: boolean;
  readonly oidc: boolean;
}

export interface AccountChange {
  readonly role?: 'viewer' | 'dispatcher' | 'manager';
  readonly password?: string;
  readonly subject?: string;
  readonly suspended?: boolean;
}

export interface Accounts {
  readonly items: readonly Account[];
}

export interface Arrivals {
  readonly at: string;
  readonly ageMs: number;
  readonly scale: number;
  readonly slots: {
    readonly from: number;
    readonly now: number;
    readonly until: number;
  };
  readonly places: readonly {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
    readonly floor: number | null;
    readonly stock: number;
    readonly bound: number;
    readonly newestAt: string | null;
    readonly stale: boolean;
    readonly past: {
      readonly arrived: readonly number[];
      readonly left: readonly number[];
    };
    readonly onTheWay: readonly number[];
    readonly inNetwork: readonly number[];
    readonly planned: readonly number[];
    readonly capacity: readonly number[];
  }[];
}

export interface AskedSimulation {
  readonly policies: readonly ('at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight')[];
  readonly seed: number;
  readonly runs: number;
  readonly surprises: 'none' | 'ordinary' | 'hard';
}

export interface Attributes {
  /** UUID of the recorded consent */
  readonly consent?: string;
  readonly inspected?: boolean;
  readonly pieces?: number;
  readonly realName?: boolean;
  readonly reason?:
    | 'cancelled'
    | 'customs'
    | 'damaged'
    | 'delivery-failed'
    | 'out-of-area'
    | 'refused'
    | 'silent'
    | 'stranded'
    | 'uncollected'
    | 'unreachable'
    | 'unsigned';
  readonly screened?: boolean;
  readonly weightGrams?: number;
}

export interface AuditEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action:
    | 'session.begin'
    | 'organisation.add'
    | 'organisation.suspend'
    | 'organisation.resume'
    | 'account.add'
    | 'account.change'
    | 'key.add'
    | 'key.revoke'
    | 'issuer.set'
    | 'capacity.declare'
    | 'capacity.approve'
    | 'capacity.reject'
    | 'capacity.withdraw'
    | 'plan.publish'
    | 'plan.restore'
    | 'warning.issue'
    | 'warning.acknowledge'
    | 'warning.adjust'
    | 'warning.lift'
    | 'warning.policy'
    | 'webhook.create'
    | 'webhook.change'
    | 'webhook.remove'
    | 'scans.archive'
    | 'scans.delete'
    | 'scans.archive.delete'
    | 'scans.key.delete';
  readonly subject: string;
  readonly detail: string;
  readonly previous: string;
  readonly hash: string;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next?: number;
}

export interface Capacities {
  readonly slots: {
    readonly from: number;
    readonly until: number;
    readonly now: number;
  };
  readonly kinds: readonly string[];
  readonly resources: readonly {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
    readonly licensed: readonly number[];
    readonly inForce: readonly number[];
    readonly waiting: readonly (number | null)[];
  }[];
}

export interface CapacityChange {
  readonly type: 'capacity';
  readonly at: string;
  readonly resource: string;
  readonly slotStart: string;
  readonly parcels: number;
}

export interface CaptureJob {
  readonly captureID: string;
  readonly createdAt: string;
  readonly finishedAt: string;
  readonly running: boolean;
  readonly success: boolean;
  readonly captureErrorBehaviour: 'rollback' | 'proceed';
  readonly errors: readonly {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly detail: string;
    readonly instance: string;
  }[];
  readonly 'cuofeng:scans': {
    readonly received: number;
    readonly applied: number;
    readonly superseded: number;
    readonly duplicate: number;
    readonly quarantined: number;
  };
}

export type Change = TicketChange | PlanChange | CapacityChange;

export interface ChangesPage {
  readonly changes: readonly Change[];
  readonly cursor: string;
}

export interface Cohort {
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  /** ready slot; negative: carried over from an earlier plan */
  readonly slot: number;
}

export interface CostlyHold {
  readonly cohort: Cohort;
  readonly ready: number;
  readonly held: number;
  readonly carried: number;
  /** over the released parcels */
  readonly meanHours: number;
  /** of all its parcels that the list is about, route costs left out */
  readonly cost: number;
}

export interface CostlyHolds {
  readonly held: readonly CostlyHold[];
  readonly carried: readonly CostlyHold[];
}

export interface CreatedKey {
  readonly id: string;
  readonly label: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly madeAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  /** shown this once */
  readonly secret: string;
}

export interface CreatedWebhook {
  readonly id: string;
  readonly url: string;
  readonly state: 'active' | 'paused';
  readonly trouble?: string;
  readonly failures: number;
  readonly retryAt?: string;
  readonly madeAt: string;
  /** shown this once; signs the deliveries */
  readonly secret: string;
}

export interface Credentials {
  readonly organisation: string;
  /** a part and a number: duty-1; no name */
  readonly login: string;
  readonly password: string;
}

export interface Declaration {
  readonly id: string;
  readonly organisation: string;
  readonly operator: string;
  readonly resource: string;
  readonly region: string;
  readonly from: string;
  readonly until: string;
  readonly parcels: number;
  readonly licensed: number;
  readonly reason: string;
  readonly validUntil?: string;
  readonly state: 'in force' | 'waiting' | 'approved' | 'rejected' | 'withdrawn' | 'superseded';
  readonly declaredBy: string;
  readonly declaredAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  readonly decidedReason?: string;
}

export interface DeclarationDecision {
  readonly reason: string;
}

export interface Declarations {
  readonly declarations: readonly Declaration[];
}

export interface DeclarationsPage {
  readonly items: readonly Declaration[];
  readonly next?: string;
}

export interface DeclaredParcels {
  readonly received: number;
  readonly declared: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly parcels: readonly {
    readonly line: number;
    /** what the parcel is called in answers: its hash, not its number */
    readonly parcel: string;
  }[];
  readonly faults: readonly LineFault[];
}

export interface Demonstration {
  readonly organisations: readonly {
    readonly id: string;
    readonly kind:
      | 'administration'
      | 'operator'
      | 'platform'
      | 'lastMile'
      | 'association'
      | 'analyst';
    readonly level: 'nation' | 'province' | 'city';
    readonly region: string;
  }[];
  readonly logins: readonly string[];
  readonly password?: string;
  readonly night: boolean;
}

export interface EpcisDocument {
  /** the standard's vocabulary, and the prefix of what it has no word for */
  readonly '@context': readonly (
    | string
    | {
        readonly cuofeng: string;
      }
  )[];
  readonly type: 'EPCISDocument';
  readonly schemaVersion: string;
  readonly creationDate: string;
  readonly epcisBody: {
    readonly eventList: readonly EpcisEvent[];
  };
}

export interface EpcisEvent {
  readonly type: string;
  readonly eventTime: string;
  readonly eventTimeZoneOffset: string;
}

export interface EpcisQueryDocument {
  /** the standard's vocabulary, and the prefix of what it has no word for */
  readonly '@context': readonly (
    | string
    | {
        readonly cuofeng: string;
      }
  )[];
  readonly type: 'EPCISQueryDocument';
  readonly schemaVersion: string;
  readonly creationDate: string;
  readonly epcisBody: {
    readonly queryResults: {
      readonly queryName: string;
      readonly resultsBody: {
        readonly eventList: readonly EpcisEvent[];
      };
    };
  };
}

export interface Erroneous {
  readonly id?: string;
  readonly status: 'error';
  readonly error: {
    readonly code: string;
    readonly field?: string;
    readonly text: string;
  };
}

export interface Explanation {
  readonly cohort: Cohort;
  readonly ready: number;
  readonly released: number;
  readonly carried: number;
  /** what the plan does, by rising slot, carry-over last */
  readonly chosen: readonly {
    readonly parcels: number;
    readonly option: ReleaseOption;
  }[];
  /** the cheapest route of each slot, from the earliest possible to the last chosen */
  readonly slots: readonly ReleaseOption[];
  readonly least: ReleaseOption;
}

export interface Flows {
  readonly resource: string;
  readonly slots: readonly SlotFlow[];
}

export interface GateStatus {
  readonly now: string;
  readonly shards: readonly ShardStatus[];
}

export interface Hub {
  readonly place: {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
    readonly lat: number | null;
    readonly lng: number | null;
    readonly floor: number | null;
    readonly capacity: number;
    readonly important: boolean;
  };
  readonly at: string;
  readonly ageMs: number;
  readonly stock: number;
  readonly bound: number | null;
  readonly newestAt?: string;
  readonly stale: boolean;
  readonly slots: {
    readonly from: number;
    readonly now: number;
    readonly until: number;
  };
  readonly counted: {
    readonly stock: readonly (number | null)[];
    readonly arrived: readonly (number | null)[];
    readonly departed: readonly (number | null)[];
  };
  readonly planned: {
    readonly stock: readonly (number | null)[];
    readonly arrivals: readonly (number | null)[];
  };
  readonly capacity: readonly (number | null)[];
  readonly ticketed: readonly (number | null)[];
  readonly atShippers: readonly (number | null)[];
  readonly price: readonly (number | null)[];
  readonly warnings: readonly Warning[];
  readonly named: readonly {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
  }[];
}

export interface Ids {
  readonly ids: readonly string[];
}

export interface KeptScan {
  readonly operator?: string;
  readonly kind?: string;
  readonly resource?: string;
  readonly to?: string;
  readonly at: string;
  readonly attributes?: Attributes;
}

export interface Key {
  readonly id: string;
  readonly label: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly madeAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

export interface Keys {
  readonly items: readonly Key[];
}

export interface LineFault {
  readonly line: number;
  readonly code: string;
  readonly field?: string;
  readonly text: string;
}

export interface NetworkState {
  readonly ageMs: number;
  readonly at: string;
  readonly totals: NetworkTotals;
  readonly resources: readonly ResourceState[];
}

export interface NetworkTotals {
  readonly resources: number;
  readonly stock: number;
  readonly onLanes?: number;
  readonly bound?: number;
  readonly stale: number;
  readonly floor?: number;
  readonly floorShare?: number;
}

export interface NewAccount {
  /** a part and a number: duty-1; no name */
  readonly login: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly password?: string;
  readonly subject?: string;
}

export interface NewDeclaration {
  readonly resource: string;
  /** ISO 8601 with seconds and offset */
  readonly from: string;
  /** ISO 8601 with seconds and offset */
  readonly until?: string;
  readonly parcels: number;
  readonly reason: string;
  /** ISO 8601 with seconds and offset */
  readonly validUntil?: string;
}

export interface NewDeclarations {
  readonly declarations: readonly NewDeclaration[];
}

export interface NewKey {
  readonly label: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly expiresAt?: string;
}

export interface NewOrganisation {
  readonly id: string;
  readonly kind:
    | 'administration'
    | 'operator'
    | 'platform'
    | 'lastMile'
    | 'association'
    | 'analyst';
  readonly level: 'nation' | 'province' | 'city';
  /** GB/T 2260; the nation is 000000 */
  readonly region: string;
  readonly parent?: string;
}

export interface NewPlanRun {
  /** stop when it is reached */
  readonly gap: number;
  readonly timeLimitSeconds: number;
  /** share of hubs left free */
  readonly reserve: number;
}

export interface NewWarning {
  readonly subject: {
    readonly kind: 'resource' | 'city' | 'province' | 'operator' | 'nation';
    readonly id: string;
  };
  readonly level: 'blue' | 'yellow' | 'orange' | 'red';
  /** why; nothing of people, no waybill number */
  readonly reason: string;
  /** ISO 8601 with seconds and offset */
  readonly breachAt?: string;
}

export interface NewWarningPolicy {
  /** the version that it replaces */
  readonly base: number;
  /** why; nothing of people, no waybill number */
  readonly reason: string;
  readonly policy: {
    readonly since: string;
    readonly levels: {
      readonly blue: WarningThresholds;
      readonly yellow: WarningThresholds;
      readonly orange: WarningThresholds;
      readonly red: WarningThresholds;
    };
    readonly breachChance: number;
    readonly sustainedAbove: number;
    readonly sustainedHours: number;
    readonly areaShare: number;
    readonly margin: number;
    readonly lowerAfterHours: number;
    readonly leastHours: number;
    readonly costs: {
      readonly addCapacity: number;
      readonly clearStock: number;
    };
    readonly limits: {
      readonly addCapacity: number;
      readonly clearStock: number;
      readonly floorShare: number;
    };
    readonly escalation: readonly {
      readonly to: 'province' | 'nation';
      readonly level: 'blue' | 'yellow' | 'orange' | 'red';
      readonly afterHours: number;
      readonly unlessAcknowledged: boolean;
    }[];
  };
}

export interface NewWebhook {
  readonly url: string;
  readonly after?: string;
}

export interface Night {
  readonly state: 'making' | 'done' | 'failed';
  readonly start: string;
  readonly slotMinutes: number;
  readonly seasonSlots: number;
  readonly until: number;
  readonly made: number;
  readonly seed: number;
  readonly surprises: 'none' | 'ordinary' | 'hard';
  readonly hubs: readonly {
    readonly resource: {
      readonly id: string;
      readonly kind: string;
      readonly operator: string;
      readonly region: string;
    };
    readonly lat: number | null;
    readonly lng: number | null;
    readonly floor: number | null;
    readonly important: boolean;
  }[];
  readonly lanes: readonly {
    readonly from: number;
    readonly to: number;
  }[];
  readonly sides: readonly {
    readonly policy: 'at-once' | 'plan';
    readonly full: string;
    readonly outside: string;
    readonly load: string;
    readonly ready: readonly number[];
    readonly released: readonly number[];
    readonly pickedUp: readonly number[];
    readonly delivered: readonly number[];
    readonly waiting: readonly number[];
    readonly overflowing: readonly number[];
    readonly important: readonly number[];
    readonly gridlocked: readonly number[];
    readonly figures: {
      readonly gridlockHours: number | null;
      readonly importantOverflowHours: number | null;
      readonly smooth: number | null;
      readonly safe: number | null;
      readonly steady: number | null;
      readonly overflowHours: number | null;
      readonly meanHours: number | null;
      readonly p95Hours: number | null;
      readonly within72: number | null;
      readonly holdMeanHours: number | null;
      readonly holdInequality: number | null;
      readonly recoveryHours: number | null;
      readonly outsideMost: number | null;
      readonly ready: number | null;
      readonly delivered: number | null;
    } | null;
  }[];
}

export interface Organisation {
  readonly id: string;
  readonly kind:
    | 'administration'
    | 'operator'
    | 'platform'
    | 'lastMile'
    | 'association'
    | 'analyst';
  readonly level: 'nation' | 'province' | 'city';
  readonly region: string;
  readonly operator?: string;
  readonly parent?: string;
  readonly suspended: boolean;
}

export interface OrganisationChange {
  readonly suspended: boolean;
  readonly reason: string;
}

export interface OrganisationsPage {
  readonly items: readonly Organisation[];
  readonly next?: string;
}

export interface Outcome {
  readonly id: string;
  readonly status: 'done' | 'unknown' | 'too-late' | 'not-in-force';
}

export interface Outcomes {
  readonly results: readonly Outcome[];
}

export interface Overhang {
  readonly resource: string;
  readonly slotStart: string;
  readonly parcels: number;
}

export interface OwnParcel {
  readonly operator: string;
  /** a waybill number; kept as a keyed hash only */
  readonly parcel: string;
  readonly ticket: string;
}

export interface OwnParcelProgress {
  /** what the parcel is called in answers: its hash, not its number */
  readonly parcel: string;
  readonly operator: string;
  readonly ticket: string;
  readonly state:
    | 'declared'
    | 'accepted'
    | 'arrived'
    | 'exception'
    | 'held'
    | 'departed'
    | 'out'
    | 'placed'
    | 'delivered'
    | 'returned';
  readonly since: string;
  readonly resource?: string;
  readonly to?: string;
  readonly late: boolean;
}

export interface OwnParcels {
  readonly at: string;
  readonly counts: ParcelsByState;
  readonly late: number;
  readonly items: readonly OwnParcelProgress[];
  readonly next?: string;
}

export interface ParcelLife {
  readonly operator: string;
  readonly state: {
    readonly kind:
      | 'accepted'
      | 'arrived'
      | 'exception'
      | 'held'
      | 'departed'
      | 'out'
      | 'placed'
      | 'delivered'
      | 'returned';
    readonly at: string;
    readonly resource: string;
    readonly to?: string;
  };
  readonly scans: readonly KeptScan[];
}

export interface ParcelsByState {
  readonly declared: number;
  readonly accepted: number;
  readonly arrived: number;
  readonly exception: number;
  readonly held: number;
  readonly departed: number;
  readonly out: number;
  readonly placed: number;
  readonly delivered: number;
  readonly returned: number;
}

export interface Plan {
  readonly version: PlanVersion;
  /** how much of it is seen */
  readonly part: 'whole' | 'region' | 'network' | 'own';
  /** wall time that making it took */
  readonly seconds: number;
  readonly certificate: {
    /** no plan is better by more, as a share of its cost */
    readonly gap: number;
    /** Z; for those who see all of it */
    readonly objective?: number;
    /** L; for those who see all of it */
    readonly bound?: number;
  };
  readonly holds: {
    readonly ready: number;
    readonly released: number;
    readonly held: number;
    readonly carried: number;
    readonly meanHours: number;
    readonly p95Hours: number;
  };
  /** Gini coefficients of the mean wait between groups: 0 is equal */
  readonly inequality: {
    readonly shipper: number;
    readonly origin: number;
  };
  readonly overload?: {
    readonly atOnce: {
      readonly resources: number;
      readonly resourceSlots: number;
      readonly peakRatio: number;
    };
    readonly planned: {
      readonly resources: number;
      readonly resourceSlots: number;
      readonly peakRatio: number;
    };
  };
  readonly kinds: readonly {
    readonly kind: string;
    readonly resources: number;
  }[];
}

export interface PlanChange {
  readonly type: 'plan';
  readonly at: string;
  readonly version: number;
  readonly operators: readonly string[];
}

export interface PlanComparison {
  readonly a: {
    readonly version: PlanVersion;
    readonly certificate: {
      /** no plan is better by more, as a share of its cost */
      readonly gap: number;
      /** Z; for those who see all of it */
      readonly objective?: number;
      /** L; for those who see all of it */
      readonly bound?: number;
    };
    readonly holds: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
    readonly overload: {
      readonly resources: number;
      readonly resourceSlots: number;
      readonly peakRatio: number;
    };
  };
  readonly b: {
    readonly version: PlanVersion;
    readonly certificate: {
      /** no plan is better by more, as a share of its cost */
      readonly gap: number;
      /** Z; for those who see all of it */
      readonly objective?: number;
      /** L; for those who see all of it */
      readonly bound?: number;
    };
    readonly holds: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
    readonly overload: {
      readonly resources: number;
      readonly resourceSlots: number;
      readonly peakRatio: number;
    };
  };
  readonly shippers: readonly {
    readonly key: string;
    readonly a: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
    readonly b: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
  }[];
  readonly origins: readonly {
    readonly key: string;
    readonly a: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
    readonly b: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
  }[];
  readonly destinations: readonly {
    readonly key: string;
    readonly a: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
    readonly b: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
  }[];
  /** how many of the kind are seen */
  readonly resources: number;
  /** of resources of a kind whose loads differ: b − a, slot by slot */
  readonly loads: readonly {
    readonly resource: {
      readonly id: string;
      readonly kind: string;
      readonly operator: string;
      readonly region: string;
    };
    readonly difference: readonly number[];
  }[];
}

export interface PlanHolds {
  readonly groups: readonly {
    readonly key: string;
    readonly figures: {
      readonly ready: number;
      readonly released: number;
      readonly held: number;
      readonly carried: number;
      readonly meanHours: number;
      readonly p95Hours: number;
    };
  }[];
}

export interface PlanMap {
  readonly ids: readonly string[];
  readonly atOnce: readonly (readonly number[])[];
  readonly planned: readonly (readonly number[])[];
  readonly capacity: readonly (readonly number[])[];
}

export interface PlanPublication {
  readonly reason: string;
}

export interface PlanRestoration {
  readonly reason: string;
  /** the version believed to be in force */
  readonly base: number;
}

export interface PlanRun {
  readonly id: string;
  readonly by: string;
  readonly madeAt: string;
  readonly asked: {
    /** stop when it is reached */
    readonly gap: number;
    readonly timeLimitSeconds: number;
    /** share of hubs left free */
    readonly reserve: number;
  };
  /** the version that was in force */
  readonly base: number;
  /** first slot that it plans; what is let go before stays */
  readonly from: number;
  readonly state: 'running' | 'stopped' | 'failed' | 'done' | 'published';
  readonly progress: {
    readonly phase: 'reading' | 'merging' | 'prices' | 'settling' | 'placing' | 'writing';
    readonly objective: number | null;
    readonly bound: number | null;
    readonly gap: number | null;
  };
  readonly seconds: number;
  readonly made?: {
    readonly certificate: {
      /** no plan is better by more, as a share of its cost */
      readonly gap: number;
      /** Z; for those who see all of it */
      readonly objective?: number;
      /** L; for those who see all of it */
      readonly bound?: number;
    };
    readonly ready: number;
    readonly released: number;
    readonly carried: number;
  };
  /** as which it was published */
  readonly version?: number;
}

export interface PlanRuns {
  /** the newest first */
  readonly runs: readonly PlanRun[];
}

export interface PlanVersion {
  readonly version: number;
  /** the version it was made from; 0: none */
  readonly base: number;
  readonly madeAt: string;
  readonly inForce: boolean;
  /** it can be looked at on this server */
  readonly hasFiles: boolean;
  readonly gap?: number;
  readonly from?: number;
  /** the version whose plan it brings back */
  readonly restores?: number;
  /** organisation and account or key */
  readonly by?: string;
  readonly reason?: string;
  readonly ready?: number;
  readonly released?: number;
  readonly carried?: number;
  readonly objective?: number;
  readonly bound?: number;
  readonly asked?: {
    /** stop when it is reached */
    readonly gap: number;
    readonly timeLimitSeconds: number;
    /** share of hubs left free */
    readonly reserve: number;
  };
}

export interface PlanVersions {
  /** the newest first */
  readonly versions: readonly PlanVersion[];
}

export interface PlannedLoads {
  readonly resource: PlannedResource;
  readonly atOnce: readonly number[];
  readonly planned: readonly number[];
  readonly capacity: readonly number[];
  readonly price: readonly number[];
}

export interface PlannedResource {
  readonly id: string;
  readonly kind: string;
  readonly operator: string;
  readonly region: string;
  /** WGS 84; null: not given */
  readonly lat: number | null;
  readonly lng: number | null;
  readonly capacity: number;
  /** highest load over capacity left */
  readonly peakAtOnce: number;
  readonly peakPlanned: number;
  /** slots with load above capacity left */
  readonly overloadedAtOnce: number;
  readonly overloadedPlanned: number;
}

export interface PlannedResources {
  readonly resources: readonly PlannedResource[];
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly faults?: readonly {
    readonly field: string;
    readonly text: string;
  }[];
}

export interface PublishedPlan {
  readonly version: number;
}

export interface QuarantinePage {
  readonly items: readonly Quarantined[];
  readonly next?: string;
}

export interface Quarantined {
  readonly id: string;
  readonly source: string;
  readonly reason:
    | 'none'
    | 'unparsable'
    | 'unknown-operator'
    | 'unknown-kind'
    | 'unknown-resource'
    | 'future'
    | 'out-of-season'
    | 'conflict';
  readonly receivedAt: string;
  readonly line: number;
  readonly scan?: KeptScan;
}

export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly resource?: string;
  readonly slotStart?: string;
  readonly price?: number;
}

export interface Redrive {
  readonly id: string;
  readonly operator?: string;
  /** a waybill number; kept as a keyed hash only */
  readonly parcel?: string;
  readonly kind?:
    | 'accepted'
    | 'arrived'
    | 'exception'
    | 'held'
    | 'departed'
    | 'out'
    | 'placed'
    | 'delivered'
    | 'returned';
  readonly resource?: string;
  readonly to?: string;
  readonly at?: string | number;
  readonly attributes?: Attributes;
}

export interface Refused {
  readonly id: string;
  readonly status: 'refused';
  readonly reason: Reason;
}

export interface ReleaseOption {
  /** null: carried over to the next plan */
  readonly slot: number | null;
  readonly route: string | null;
  readonly waiting: number;
  readonly lateness: number;
  readonly growth: number;
  readonly detour: number;
  readonly penalty: number;
  readonly tolls: readonly Toll[];
  readonly total: number;
}

export interface RequestItem {
  /** 1 to 64 characters, none of them a control character */
  readonly id: string;
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  /** ISO 8601 with seconds and offset */
  readonly readyAt: string;
  readonly parcels: number;
  /** ISO 8601 with seconds and offset */
  readonly notAfter?: string;
  readonly divisible?: boolean;
}

export interface RequestView {
  readonly result: Result;
  readonly tickets: readonly TicketView[];
  readonly routes: readonly RouteView[];
}

export interface Requests {
  readonly requests: readonly RequestItem[];
}

export interface ResourceState {
  readonly resource: string;
  readonly kind: string;
  readonly operator: string;
  readonly region: string;
  readonly floor?: number;
  readonly stock: number;
  readonly bound?: number;
  readonly floorShare?: number;
  readonly newestAt?: string;
  readonly stale: boolean;
}

export type Result = Ticketed | Refused | Erroneous;

export interface Results {
  readonly results: readonly Result[];
}

export interface RouteView {
  readonly route: string;
  readonly resources: readonly string[];
}

export interface Scan {
  readonly operator: string;
  /** a waybill number; kept as a keyed hash only */
  readonly parcel: string;
  readonly kind:
    | 'accepted'
    | 'arrived'
    | 'exception'
    | 'held'
    | 'departed'
    | 'out'
    | 'placed'
    | 'delivered'
    | 'returned';
  readonly resource: string;
  readonly to?: string;
  readonly at: string | number;
  readonly attributes?: Attributes;
}

export interface ScansAnswer {
  readonly received: number;
  readonly applied: number;
  readonly superseded: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly faults: readonly LineFault[];
}

export interface ScansByKind {
  readonly accepted: number;
  readonly arrived: number;
  readonly exception: number;
  readonly held: number;
  readonly departed: number;
  readonly out: number;
  readonly placed: number;
  readonly delivered: number;
  readonly returned: number;
}

export interface Season {
  readonly scenario: {
    readonly name: string;
    /** ISO 8601 with offset: the start of slot 0 */
    readonly start: string;
    readonly slotMinutes: number;
    /** slots in which parcels may be released */
    readonly slots: number;
    /** slots with loads, those after the last release among them */
    readonly shownSlots: number;
    /** origins and destinations */
    readonly places: number;
    readonly operators: number;
    /** the scenario says that its data are generated or modelled, not measured */
    readonly generated: boolean;
    /** any parcels are, or become, ready */
    readonly hasDemand: boolean;
  };
  /** the season's clock */
  readonly now: string;
  /** parcels that each tracked one stands for */
  readonly scale: number;
  /** what this server has */
  readonly services: {
    readonly gate: boolean;
    readonly tracking: boolean;
    readonly warnings: boolean;
    readonly simulations: boolean;
    readonly planning: boolean;
  };
  /** version of the plan in force; null: none yet */
  readonly plan: number | null;
}

export interface Session {
  readonly organisation: {
    readonly id: string;
    readonly kind:
      | 'administration'
      | 'operator'
      | 'platform'
      | 'lastMile'
      | 'association'
      | 'analyst';
    readonly level: 'nation' | 'province' | 'city';
    readonly region: string;
    readonly operator?: string;
  };
  readonly actor: string;
  readonly role: 'viewer' | 'dispatcher' | 'manager';
  readonly csrf?: string;
}

export interface ShardStatus {
  readonly shard: number;
  readonly operators: readonly string[];
  readonly state: 'ready' | 'opening' | 'away';
  readonly epoch: number;
  readonly plan: number;
  readonly tickets: number;
  readonly seq: number;
  readonly behindMs: number;
}

export interface Simulation {
  readonly id: string;
  readonly organisation: string;
  readonly actor: string;
  readonly madeAt: string;
  readonly seconds: number;
  readonly asked: AskedSimulation;
  readonly state: 'running' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly progress: {
    readonly finished: number;
    readonly runs: number;
    readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
    readonly seed: number;
    readonly slot: number;
    readonly slots: number;
    readonly ready: number;
    readonly delivered: number;
    readonly plans: number;
  };
  readonly base: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
  readonly runs: readonly {
    readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
    readonly seed: number;
    readonly slots: number;
    readonly planSeconds: number;
    readonly worldSeconds: number;
    readonly figures: {
      readonly gridlockHours: number | null;
      readonly importantOverflowHours: number | null;
      readonly smooth: number | null;
      readonly safe: number | null;
      readonly steady: number | null;
      readonly overflowHours: number | null;
      readonly meanHours: number | null;
      readonly p95Hours: number | null;
      readonly within72: number | null;
      readonly holdMeanHours: number | null;
      readonly holdInequality: number | null;
      readonly recoveryHours: number | null;
      readonly outsideMost: number | null;
      readonly ready: number | null;
      readonly delivered: number | null;
    };
  }[];
  readonly figures: readonly {
    readonly name:
      | 'gridlockHours'
      | 'importantOverflowHours'
      | 'smooth'
      | 'safe'
      | 'steady'
      | 'overflowHours'
      | 'meanHours'
      | 'p95Hours'
      | 'within72'
      | 'holdMeanHours'
      | 'holdInequality'
      | 'recoveryHours'
      | 'outsideMost'
      | 'ready'
      | 'delivered';
    readonly of: readonly {
      readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
      readonly n: number;
      readonly mean: number | null;
      readonly low: number | null;
      readonly high: number | null;
      readonly least: number | null;
      readonly most: number | null;
      readonly difference: {
        readonly n: number;
        readonly mean: number | null;
        readonly low: number | null;
        readonly high: number | null;
      };
      readonly zero?: {
        readonly seeds: number;
        readonly low: number | null;
        readonly high: number | null;
      };
    }[];
  }[];
}

export interface SimulationCurves {
  readonly policies: readonly {
    readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
    readonly ready: readonly number[];
    readonly released: readonly number[];
    readonly pickedUp: readonly number[];
    readonly delivered: readonly number[];
    readonly gridlocked: readonly number[];
  }[];
}

export interface SimulationHolds {
  readonly groups: readonly {
    readonly key: string;
    readonly policies: readonly {
      readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
      readonly parcels: number;
      readonly meanHours: number | null;
      readonly p95Hours: number | null;
    }[];
  }[];
}

export interface SimulationHub {
  readonly resource: {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
  };
  readonly important: boolean;
  readonly floor: number | null;
  readonly policies: readonly {
    readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
    readonly stock: readonly number[];
    readonly outside: readonly number[];
    readonly overflowSlots: number;
  }[];
}

export interface SimulationHubs {
  readonly hubs: readonly {
    readonly resource: {
      readonly id: string;
      readonly kind: string;
      readonly operator: string;
      readonly region: string;
    };
    readonly important: boolean;
    readonly overflowSlots: number;
  }[];
  readonly full: readonly (readonly number[])[];
}

export interface SimulationSummary {
  readonly id: string;
  readonly organisation: string;
  readonly actor: string;
  readonly madeAt: string;
  readonly seconds: number;
  readonly asked: AskedSimulation;
  readonly state: 'running' | 'stopping' | 'stopped' | 'done' | 'failed';
  readonly progress: {
    readonly finished: number;
    readonly runs: number;
    readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
    readonly seed: number;
    readonly slot: number;
    readonly slots: number;
    readonly ready: number;
    readonly delivered: number;
    readonly plans: number;
  };
}

export interface Simulations {
  readonly simulations: readonly SimulationSummary[];
  readonly busy: boolean;
}

export interface Situation {
  readonly scale: number;
  readonly places: readonly {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
    readonly lat: number | null;
    readonly lng: number | null;
    readonly floor: number | null;
    readonly capacity: number;
    readonly important: boolean;
  }[];
  readonly lanes: readonly {
    readonly from: number;
    readonly to: number;
    readonly operator: string;
    readonly capacity: number | null;
  }[];
  readonly slots: {
    readonly from: number;
    readonly until: number;
  };
}

export interface SituationFigures {
  readonly at: string;
  readonly ageMs: number;
  readonly stopped: {
    readonly value: number | null;
    readonly of: number | null;
    readonly worst: readonly {
      readonly resource: {
        readonly id: string;
        readonly kind: string;
        readonly operator: string;
        readonly region: string;
      };
      readonly value: number;
    }[];
  };
  readonly overflowing: {
    readonly value: number | null;
    readonly of: number | null;
    readonly worst: readonly {
      readonly resource: {
        readonly id: string;
        readonly kind: string;
        readonly operator: string;
        readonly region: string;
      };
      readonly value: number;
    }[];
  };
  readonly smooth: {
    readonly value: number | null;
    readonly of: number | null;
    readonly worst: readonly {
      readonly resource: {
        readonly id: string;
        readonly kind: string;
        readonly operator: string;
        readonly region: string;
      };
      readonly value: number;
    }[];
  };
  readonly safe: {
    readonly value: number | null;
    readonly of: number | null;
    readonly worst: readonly {
      readonly resource: {
        readonly id: string;
        readonly kind: string;
        readonly operator: string;
        readonly region: string;
      };
      readonly value: number;
    }[];
  };
  readonly steady: {
    readonly value: number | null;
    readonly of: number | null;
    readonly worst: readonly {
      readonly resource: {
        readonly id: string;
        readonly kind: string;
        readonly operator: string;
        readonly region: string;
      };
      readonly value: number;
    }[];
  };
  readonly pickedUp: {
    readonly seen: number | null;
    readonly planned: number | null;
  };
  readonly inNetwork: {
    readonly seen: number | null;
    readonly planned: number | null;
  };
  readonly delivered: {
    readonly seen: number | null;
    readonly planned: number | null;
  };
  readonly regions: readonly {
    readonly key: string;
    readonly places: number;
    readonly stock: number;
    readonly floorShare: number | null;
    readonly overflowing: number;
    readonly stopped: number | null;
    readonly stale: number;
    readonly level: 'blue' | 'yellow' | 'orange' | 'red' | null;
  }[];
  readonly operators: readonly {
    readonly key: string;
    readonly places: number;
    readonly stock: number;
    readonly floorShare: number | null;
    readonly overflowing: number;
    readonly stopped: number | null;
    readonly stale: number;
    readonly level: 'blue' | 'yellow' | 'orange' | 'red' | null;
  }[];
}

export interface SituationSlot {
  readonly slot: number;
  readonly basis: 'counted' | 'planned';
  readonly stock: readonly (number | null)[];
  readonly load: readonly (number | null)[];
  readonly lanes: readonly (number | null)[];
}

export interface SlotFlow {
  readonly slotStart: string;
  readonly slotEnd: string;
  readonly closed: boolean;
  readonly scans: ScansByKind;
  readonly corrections: ScansByKind;
}

export interface Source {
  readonly source: string;
  readonly tally: Tally;
  readonly redriven: Tally;
  readonly newestAt?: string;
  readonly lastReceivedAt?: string;
  readonly silentMs?: number;
  /** scans that came within 1 s, 2 s, 4 s … of their stamp; the last: later */
  readonly delays: readonly number[];
  readonly gaps: readonly {
    readonly from: string;
    readonly until: string;
  }[];
}

export interface Sources {
  readonly items: readonly Source[];
}

export interface Stock {
  readonly ageMs: number;
  readonly at: string;
  readonly resource: string;
  readonly kind: string;
  readonly operator: string;
  readonly region: string;
  readonly floor?: number;
  readonly stock: number;
  readonly bound?: number;
  readonly floorShare?: number;
  readonly newestAt?: string;
  readonly stale: boolean;
}

export interface Tally {
  readonly received: number;
  readonly applied: number;
  readonly superseded: number;
  readonly duplicate: number;
  readonly quarantined: number;
}

export interface TicketChange {
  readonly type: 'ticket';
  readonly at: string;
  readonly ticket: string;
  readonly id: string;
  readonly shipper: string;
  readonly change: 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed' | 'moved';
  readonly slotStart: string;
  readonly route: string;
  readonly from?: {
    readonly slotStart: string;
    readonly route: string;
  };
  readonly reason?: 'compression' | 'overhang';
}

export interface TicketGiven {
  readonly ticket: string;
  readonly slotStart: string;
  readonly slotEnd: string;
  readonly route: string;
  readonly parcels: number;
}

export interface TicketNow {
  readonly ticket: string;
  readonly slotStart: string;
  readonly slotEnd: string;
  readonly route: string;
  readonly parcels: number;
  readonly state: 'issued' | 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed';
}

export interface TicketSum {
  readonly operator: string;
  readonly slotStart?: string;
  readonly origin?: string;
  readonly destination?: string;
  /** of the plan's share, what nobody has asked for yet */
  readonly share: number;
  /** of tickets not cancelled, by the slot of readiness */
  readonly ready: number;
  readonly issued: number;
  readonly confirmed: number;
  readonly pickedUp: number;
  readonly cancelled: number;
  readonly lapsed: number;
  /** parcels × hours from readiness to the slot */
  readonly heldHours: number;
  readonly tickets: number;
}

export interface TicketView {
  readonly ticket: string;
  readonly id: string;
  readonly shipper: string;
  readonly service: string;
  readonly operator: string;
  readonly origin: string;
  readonly destination: string;
  /** start of the slot in which its parcels were ready */
  readonly readyStart: string;
  readonly slotStart: string;
  readonly slotEnd: string;
  readonly route: string;
  readonly parcels: number;
  readonly state: 'issued' | 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed';
}

export interface Ticketed {
  readonly id: string;
  readonly status: 'ticketed';
  readonly tickets: readonly TicketGiven[];
  readonly plan: number;
  readonly reason?: Reason;
  readonly current?: readonly TicketNow[];
}

export interface TicketsPage {
  readonly items: readonly TicketView[];
  readonly next?: string;
}

export interface TicketsSummary {
  readonly at: string;
  readonly rows: readonly TicketSum[];
}

export interface Toll {
  readonly resource: {
    readonly id: string;
    readonly kind: string;
    readonly operator: string;
    readonly region: string;
  };
  readonly slot: number;
  readonly price: number;
  /** how often the route loads the resource in the slot */
  readonly times: number;
  readonly load?: number;
  readonly capacity?: number;
}

export interface Warning {
  readonly id: string;
  readonly subject: WarningSubject;
  readonly level: 'blue' | 'yellow' | 'orange' | 'red';
  readonly shape?: 'peak' | 'sustained';
  readonly breachAt?: string;
  readonly leadHours?: number;
  readonly issuedAt: string;
  readonly endedAt?: string;
  readonly basis?: 'stock' | 'onTheWay' | 'plan';
  readonly chance?: number;
  readonly floorShare?: number;
  readonly capacityHours?: number;
  readonly causes?: readonly WarningCause[];
  readonly cure?: WarningCure;
  readonly owner?: WarningOwner;
  readonly reach?: 'city' | 'province' | 'nation';
  readonly policyVersion?: number;
  readonly acknowledged?: boolean;
  /** issued by a person */
  readonly byPerson?: boolean;
}

export interface WarningAdjustment {
  readonly level: 'blue' | 'yellow' | 'orange' | 'red';
  /** why; nothing of people, no waybill number */
  readonly reason: string;
}

export interface WarningCause {
  readonly kind: 'stock' | 'onTheWay' | 'released' | 'capacity';
  readonly resource?: string;
  readonly parcels: number;
}

export interface WarningCure {
  readonly kind: 'holdReleases' | 'divert' | 'addCapacity' | 'clearStock';
  readonly resource?: string;
  readonly parcels: number;
  /** parcel-slots; modelled */
  readonly cost: number;
  /** whether it suffices alone */
  readonly averts: boolean;
}

export interface WarningEvent {
  readonly seq: number;
  readonly at: string;
  readonly act:
    | 'issued'
    | 'raised'
    | 'lowered'
    | 'acknowledged'
    | 'adjusted'
    | 'escalated'
    | 'lifted';
  readonly level: 'blue' | 'yellow' | 'orange' | 'red';
  readonly reach?: 'city' | 'province' | 'nation';
  readonly actor?: string;
  readonly reason?: string;
  readonly notified?: readonly string[];
}

export interface WarningHistory {
  readonly at: string;
  readonly warning: Warning;
  readonly events: readonly WarningEvent[];
}

export interface WarningOwner {
  readonly operator?: string;
  readonly region: string;
}

export interface WarningPage {
  readonly at: string;
  readonly assessedAt?: string;
  readonly items: readonly Warning[];
  readonly next?: string;
}

export interface WarningPolicy {
  readonly version: number;
  readonly basis: 'assumed' | 'set';
  readonly since: string;
  readonly levels: {
    readonly blue: WarningThresholds;
    readonly yellow: WarningThresholds;
    readonly orange: WarningThresholds;
    readonly red: WarningThresholds;
  };
  readonly breachChance: number;
  readonly sustainedAbove: number;
  readonly sustainedHours: number;
  readonly areaShare: number;
  readonly margin: number;
  readonly lowerAfterHours: number;
  readonly leastHours: number;
  readonly costs: {
    readonly addCapacity: number;
    readonly clearStock: number;
  };
  readonly limits: {
    readonly addCapacity: number;
    readonly clearStock: number;
    readonly floorShare: number;
  };
  readonly escalation: readonly {
    readonly to: 'province' | 'nation';
    readonly level: 'blue' | 'yellow' | 'orange' | 'red';
    readonly afterHours: number;
    readonly unlessAcknowledged: boolean;
  }[];
}

export interface WarningPolicyInForce {
  readonly policy: WarningPolicy;
  readonly madeBy?: string;
  readonly reason?: string;
  readonly madeAt?: string;
}

export interface WarningReason {
  /** why; nothing of people, no waybill number */
  readonly reason: string;
}

export interface WarningSubject {
  readonly kind: 'resource' | 'city' | 'province' | 'operator' | 'nation';
  readonly id: string;
}

export interface WarningThresholds {
  readonly chance: number;
  readonly withinHours: number;
  readonly floorShare: number;
  readonly capacityHours: number;
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly state: 'active' | 'paused';
  readonly trouble?: string;
  readonly failures: number;
  readonly retryAt?: string;
  readonly madeAt: string;
}

export interface WebhookPatch {
  readonly url?: string;
  readonly state?: 'active';
}

/** The gate's API: a method for each operation. */
export class Api extends Caller {
  /** Whether the process answers. */
  getHealth(options: CallOptions = {}): Promise<{
    readonly status: 'ok';
  }> {
    return this.call({ method: 'GET', path: '/health', repeatable: true }, options);
  }

  /** Whether to send requests here: nothing is being opened, and the server is not about to stop. */
  getReady(options: CallOptions = {}): Promise<{
    readonly status: 'ok';
  }> {
    return this.call({ method: 'GET', path: '/ready', repeatable: true }, options);
  }

  /** For Prometheus. */
  getMetrics(options: CallOptions = {}): Promise<string> {
    return this.call({ method: 'GET', path: '/metrics', repeatable: true }, options);
  }

  /** The gate's clock and shards. */
  getGate(options: CallOptions = {}): Promise<GateStatus> {
    return this.call({ method: 'GET', path: '/v1/gate', repeatable: true }, options);
  }

  /** Tickets above the capacity in force (G8). */
  listOverhang(options: CallOptions = {}): Promise<{
    readonly items: readonly Overhang[];
  }> {
    return this.call({ method: 'GET', path: '/v1/overhang', repeatable: true }, options);
  }

  /** Move the tickets that cost least to move out of overhang, later or to another route (G8). */
  settleOverhang(options: CallOptions = {}): Promise<{
    readonly moved: number;
  }> {
    return this.call({ method: 'POST', path: '/v1/overhang/settle' }, options);
  }

  /** Ask for tickets: each request is answered once and for good (G2). */
  requestTickets(body: Requests, options: CallOptions = {}): Promise<Results> {
    return this.call({ method: 'POST', path: '/v1/tickets', body, repeatable: true }, options);
  }

  /** Tickets as they stand, page by page. */
  listTickets(
    query: {
      readonly slotStart?: string;
      readonly operator?: string;
      readonly origin?: string;
      readonly destination?: string;
      readonly shipper?: string;
      readonly state?: 'issued' | 'confirmed' | 'pickedUp' | 'cancelled' | 'lapsed';
      readonly cursor?: string;
      readonly limit?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<TicketsPage> {
    return this.call({ method: 'GET', path: '/v1/tickets', query, repeatable: true }, options);
  }

  /** A request by the shipper's own id or the number of one of its tickets. */
  getRequest(id: string, options: CallOptions = {}): Promise<RequestView> {
    return this.call(
      { method: 'GET', path: `/v1/tickets/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Tickets added up, and what is left of shares: by operator and slot, origin or destination. */
  summariseTickets(
    query: {
      readonly by?: 'slot' | 'origin' | 'destination';
      readonly slotStart?: string;
      readonly operator?: string;
      readonly origin?: string;
      readonly destination?: string;
      readonly shipper?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<TicketsSummary> {
    return this.call(
      { method: 'GET', path: '/v1/tickets/summary', query, repeatable: true },
      options,
    );
  }

  /** Say that the parcels of tickets will be handed in (G5). */
  confirmTickets(body: Ids, options: CallOptions = {}): Promise<Outcomes> {
    return this.call(
      { method: 'POST', path: '/v1/tickets/confirm', body, repeatable: true },
      options,
    );
  }

  /** Give tickets back before their slot starts (G6). */
  cancelTickets(body: Ids, options: CallOptions = {}): Promise<Outcomes> {
    return this.call(
      { method: 'POST', path: '/v1/tickets/cancel', body, repeatable: true },
      options,
    );
  }

  /** What changed of tickets, plans and capacities that concern the caller, in order. */
  listChanges(
    query: { readonly after?: string; readonly wait?: number; readonly limit?: number } = {},
    options: CallOptions = {},
  ): Promise<ChangesPage> {
    return this.call({ method: 'GET', path: '/v1/changes', query, repeatable: true }, options);
  }

  /** Declare what resources take, all or none: at once, or above the licensed value when approved. */
  declareCapacities(body: NewDeclarations, options: CallOptions = {}): Promise<Declarations> {
    return this.call({ method: 'PUT', path: '/v1/capacities', body }, options);
  }

  /** Declarations, newest first, page by page. */
  listDeclarations(
    query: {
      readonly resource?: string;
      readonly state?:
        | 'in force'
        | 'waiting'
        | 'approved'
        | 'rejected'
        | 'withdrawn'
        | 'superseded';
      readonly cursor?: string;
      readonly limit?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<DeclarationsPage> {
    return this.call({ method: 'GET', path: '/v1/capacities', query, repeatable: true }, options);
  }

  /** Let a declaration above the licensed value count. */
  approveDeclaration(
    id: string,
    body: DeclarationDecision,
    options: CallOptions = {},
  ): Promise<Declaration> {
    return this.call(
      { method: 'POST', path: `/v1/capacities/${encodeURIComponent(id)}/approve`, body },
      options,
    );
  }

  /** Do not let a declaration above the licensed value count. */
  rejectDeclaration(
    id: string,
    body: DeclarationDecision,
    options: CallOptions = {},
  ): Promise<Declaration> {
    return this.call(
      { method: 'POST', path: `/v1/capacities/${encodeURIComponent(id)}/reject`, body },
      options,
    );
  }

  /** Take a declaration back: what was declared before it counts again, or the plan. */
  withdrawDeclaration(
    id: string,
    body: DeclarationDecision,
    options: CallOptions = {},
  ): Promise<Declaration> {
    return this.call(
      { method: 'POST', path: `/v1/capacities/${encodeURIComponent(id)}/withdraw`, body },
      options,
    );
  }

  /** Have changes sent to an https address, signed, in order, at least once. */
  createWebhook(body: NewWebhook, options: CallOptions = {}): Promise<CreatedWebhook> {
    return this.call({ method: 'POST', path: '/v1/webhooks', body }, options);
  }

  /** The organisation's webhooks. */
  listWebhooks(options: CallOptions = {}): Promise<{
    readonly items: readonly Webhook[];
  }> {
    return this.call({ method: 'GET', path: '/v1/webhooks', repeatable: true }, options);
  }

  /** A webhook, and how its deliveries go. */
  getWebhook(id: string, options: CallOptions = {}): Promise<Webhook> {
    return this.call(
      { method: 'GET', path: `/v1/webhooks/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Give a webhook another address, or have it go on after it was paused. */
  changeWebhook(id: string, body: WebhookPatch, options: CallOptions = {}): Promise<Webhook> {
    return this.call(
      { method: 'PATCH', path: `/v1/webhooks/${encodeURIComponent(id)}`, body },
      options,
    );
  }

  /** Have no more sent to it. */
  removeWebhook(id: string, options: CallOptions = {}): Promise<void> {
    return this.call(
      { method: 'DELETE', path: `/v1/webhooks/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Scans, counted once whatever their order, repetition and lateness; answered when durable (T6). */
  sendScans(lines: readonly Scan[], options: CallOptions = {}): Promise<ScansAnswer> {
    return this.call({ method: 'POST', path: '/v1/scans', lines, repeatable: true }, options);
  }

  /** All resources that the caller may see, at one moment, with its age. */
  getNetworkState(options: CallOptions = {}): Promise<NetworkState> {
    return this.call({ method: 'GET', path: '/v1/network/state', repeatable: true }, options);
  }

  /** Parcels at a resource, and bound for it (T3). */
  getStock(id: string, options: CallOptions = {}): Promise<Stock> {
    return this.call(
      { method: 'GET', path: `/v1/resources/${encodeURIComponent(id)}/stock`, repeatable: true },
      options,
    );
  }

  /** Distinct scans at a resource by slot and kind, with what came after it was closed. */
  listFlows(
    id: string,
    query: { readonly from: string; readonly to: string },
    options: CallOptions = {},
  ): Promise<Flows> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/resources/${encodeURIComponent(id)}/flows`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** A parcel's state and scans, by its waybill number. */
  getParcel(
    waybill: string,
    query: { readonly operator?: string } = {},
    options: CallOptions = {},
  ): Promise<ParcelLife> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/parcels/${encodeURIComponent(waybill)}`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** Progress of the caller's own parcels: how many in which state, and those still on their way, longest without news first. */
  listParcels(
    query: { readonly cursor?: string; readonly limit?: number } = {},
    options: CallOptions = {},
  ): Promise<OwnParcels> {
    return this.call({ method: 'GET', path: '/v1/parcels', query, repeatable: true }, options);
  }

  /** Say which parcels are the caller’s own, each under a ticket of its own. */
  declareParcels(lines: readonly OwnParcel[], options: CallOptions = {}): Promise<DeclaredParcels> {
    return this.call({ method: 'POST', path: '/v1/parcels', lines, repeatable: true }, options);
  }

  /** Those who send scans: what became of them, delays and silences (T6, T8). */
  listSources(options: CallOptions = {}): Promise<Sources> {
    return this.call({ method: 'GET', path: '/v1/sources', repeatable: true }, options);
  }

  /** Scans in quarantine with their reasons, page by page: those of one source. */
  listQuarantine(
    query: { readonly source?: string; readonly cursor?: string; readonly limit?: number } = {},
    options: CallOptions = {},
  ): Promise<QuarantinePage> {
    return this.call({ method: 'GET', path: '/v1/quarantine', query, repeatable: true }, options);
  }

  /** Drive scans of the caller in again, mended or, by their id alone, as they were kept. */
  redriveScans(lines: readonly Redrive[], options: CallOptions = {}): Promise<ScansAnswer> {
    return this.call({ method: 'POST', path: '/v1/quarantine/redrive', lines }, options);
  }

  /** Scans as events of an EPCIS 2.0 document; answered when they are durable (T6). */
  captureEvents(body: EpcisDocument, options: CallOptions = {}): Promise<void> {
    return this.call({ method: 'POST', path: '/epcis/v2/capture', body }, options);
  }

  /** What became of a document that was captured. */
  getCaptureJob(id: string, options: CallOptions = {}): Promise<CaptureJob> {
    return this.call(
      { method: 'GET', path: `/epcis/v2/capture/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Scans that came in, as EPCIS 2.0 events, the last received first; parcels are told by hash (P13). */
  listEvents(
    query: {
      readonly eventType?: string;
      readonly GE_eventTime?: string;
      readonly LT_eventTime?: string;
      readonly GE_recordTime?: string;
      readonly LT_recordTime?: string;
      readonly EQ_action?: string;
      readonly EQ_bizStep?: string;
      readonly EQ_disposition?: string;
      readonly EQ_readPoint?: string;
      readonly EQ_bizLocation?: string;
      readonly MATCH_epc?: string;
      readonly perPage?: number;
      readonly nextPageToken?: string;
    } = {},
    options: CallOptions = {},
  ): Promise<EpcisQueryDocument> {
    return this.call({ method: 'GET', path: '/epcis/v2/events', query, repeatable: true }, options);
  }

  /** Places and lanes that the caller may see, and the slots that can be asked for. */
  getSituation(options: CallOptions = {}): Promise<Situation> {
    return this.call({ method: 'GET', path: '/v1/situation', repeatable: true }, options);
  }

  /** The network at the end of a slot: counted, or as the plan in force has it. */
  getSituationSlot(slot: number, options: CallOptions = {}): Promise<SituationSlot> {
    return this.call(
      { method: 'GET', path: `/v1/situation/slots/${encodeURIComponent(slot)}`, repeatable: true },
      options,
    );
  }

  /** The two no’s and three guarantees, and progress against the plan. */
  getSituationFigures(
    query: { readonly region?: string; readonly operator?: string } = {},
    options: CallOptions = {},
  ): Promise<SituationFigures> {
    return this.call(
      { method: 'GET', path: '/v1/situation/figures', query, repeatable: true },
      options,
    );
  }

  /** A place by slot: counted, planned, capacity, tickets, prices; its warnings. */
  getHub(id: string, options: CallOptions = {}): Promise<Hub> {
    return this.call(
      { method: 'GET', path: `/v1/hubs/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Warnings in force, or ended, that the caller may see, the newest first. */
  listWarnings(
    query: {
      readonly state?: 'open' | 'ended';
      readonly level?: 'blue' | 'yellow' | 'orange' | 'red';
      readonly kind?: 'resource' | 'city' | 'province' | 'operator' | 'nation';
      readonly subject?: string;
      readonly reach?: 'city' | 'province' | 'nation';
      readonly cursor?: string;
      readonly limit?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<WarningPage> {
    return this.call({ method: 'GET', path: '/v1/warnings', query, repeatable: true }, options);
  }

  /** Issue a warning by hand: only a person ends it. */
  issueWarning(body: NewWarning, options: CallOptions = {}): Promise<Warning> {
    return this.call({ method: 'POST', path: '/v1/warnings', body }, options);
  }

  /** A warning, and all that became of it. */
  getWarning(id: string, options: CallOptions = {}): Promise<WarningHistory> {
    return this.call(
      { method: 'GET', path: `/v1/warnings/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Say that a warning is seen and acted upon. */
  acknowledgeWarning(id: string, body: WarningReason, options: CallOptions = {}): Promise<Warning> {
    return this.call(
      { method: 'POST', path: `/v1/warnings/${encodeURIComponent(id)}/acknowledge`, body },
      options,
    );
  }

  /** Set the level of a warning. */
  adjustWarning(id: string, body: WarningAdjustment, options: CallOptions = {}): Promise<Warning> {
    return this.call(
      { method: 'POST', path: `/v1/warnings/${encodeURIComponent(id)}/adjust`, body },
      options,
    );
  }

  /** End a warning. */
  liftWarning(id: string, body: WarningReason, options: CallOptions = {}): Promise<Warning> {
    return this.call(
      { method: 'POST', path: `/v1/warnings/${encodeURIComponent(id)}/lift`, body },
      options,
    );
  }

  /** The policy in force: thresholds, hysteresis, escalation. */
  getWarningPolicy(options: CallOptions = {}): Promise<WarningPolicyInForce> {
    return this.call({ method: 'GET', path: '/v1/warnings/policy', repeatable: true }, options);
  }

  /** Set the next version of the policy; older ones are kept. */
  setWarningPolicy(
    body: NewWarningPolicy,
    options: CallOptions = {},
  ): Promise<WarningPolicyInForce> {
    return this.call({ method: 'PUT', path: '/v1/warnings/policy', body }, options);
  }

  /** Sign in with a password; the session is a cookie. */
  signIn(body: Credentials, options: CallOptions = {}): Promise<Session> {
    return this.call({ method: 'POST', path: '/v1/session', body }, options);
  }

  /** Who asks. */
  getSession(options: CallOptions = {}): Promise<Session> {
    return this.call({ method: 'GET', path: '/v1/session', repeatable: true }, options);
  }

  /** Sign out: the session counts for no further request. */
  signOut(options: CallOptions = {}): Promise<void> {
    return this.call({ method: 'DELETE', path: '/v1/session', repeatable: true }, options);
  }

  /** Your organisation and those it is in charge of, by id. */
  listOrganisations(
    query: { readonly after?: string; readonly limit?: number } = {},
    options: CallOptions = {},
  ): Promise<OrganisationsPage> {
    return this.call(
      { method: 'GET', path: '/v1/organisations', query, repeatable: true },
      options,
    );
  }

  /** Add an organisation where yours is in charge. */
  addOrganisation(body: NewOrganisation, options: CallOptions = {}): Promise<Organisation> {
    return this.call({ method: 'POST', path: '/v1/organisations', body }, options);
  }

  /** An organisation. */
  getOrganisation(id: string, options: CallOptions = {}): Promise<Organisation> {
    return this.call(
      { method: 'GET', path: `/v1/organisations/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Suspend an organisation, or let it in again, from the next request on. */
  suspendOrganisation(
    id: string,
    body: OrganisationChange,
    options: CallOptions = {},
  ): Promise<Organisation> {
    return this.call(
      { method: 'PATCH', path: `/v1/organisations/${encodeURIComponent(id)}`, body },
      options,
    );
  }

  /** Keys, revoked ones too, newest first. */
  listKeys(id: string, options: CallOptions = {}): Promise<Keys> {
    return this.call(
      { method: 'GET', path: `/v1/organisations/${encodeURIComponent(id)}/keys`, repeatable: true },
      options,
    );
  }

  /** Make a key; its secret is in this answer and nowhere else. */
  addKey(id: string, body: NewKey, options: CallOptions = {}): Promise<CreatedKey> {
    return this.call(
      { method: 'POST', path: `/v1/organisations/${encodeURIComponent(id)}/keys`, body },
      options,
    );
  }

  /** Revoke a key, from the next request on. */
  revokeKey(id: string, key: string, options: CallOptions = {}): Promise<void> {
    return this.call(
      {
        method: 'DELETE',
        path: `/v1/organisations/${encodeURIComponent(id)}/keys/${encodeURIComponent(key)}`,
        repeatable: true,
      },
      options,
    );
  }

  /** People, by login. */
  listAccounts(id: string, options: CallOptions = {}): Promise<Accounts> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/organisations/${encodeURIComponent(id)}/accounts`,
        repeatable: true,
      },
      options,
    );
  }

  /** Add a person, by a login that says nothing of who it is. */
  addAccount(id: string, body: NewAccount, options: CallOptions = {}): Promise<Account> {
    return this.call(
      { method: 'POST', path: `/v1/organisations/${encodeURIComponent(id)}/accounts`, body },
      options,
    );
  }

  /** Change a person's role, ways in or suspension; sessions end. */
  changeAccount(
    id: string,
    login: string,
    body: AccountChange,
    options: CallOptions = {},
  ): Promise<Account> {
    return this.call(
      {
        method: 'PATCH',
        path: `/v1/organisations/${encodeURIComponent(id)}/accounts/${encodeURIComponent(login)}`,
        body,
      },
      options,
    );
  }

  /** What people and keys of your organisation did, and what was done to it, in order or the newest first. */
  listAudit(
    query: {
      readonly order?: 'oldest' | 'newest';
      readonly after?: number;
      readonly limit?: number;
    } = {},
    options: CallOptions = {},
  ): Promise<AuditPage> {
    return this.call({ method: 'GET', path: '/v1/audit', query, repeatable: true }, options);
  }

  /** As whom one can sign in to the demonstration, on the machine that it runs on. */
  getDemonstration(options: CallOptions = {}): Promise<Demonstration> {
    return this.call({ method: 'GET', path: '/v1/demonstration', repeatable: true }, options);
  }

  /** The season of the demonstration simulated twice: released at once, and by plan. */
  getNight(options: CallOptions = {}): Promise<Night> {
    return this.call({ method: 'GET', path: '/v1/demonstration/night', repeatable: true }, options);
  }

  /** What arrives today and tomorrow at the own stations and lockers, by slot. */
  getArrivals(options: CallOptions = {}): Promise<Arrivals> {
    return this.call({ method: 'GET', path: '/v1/arrivals', repeatable: true }, options);
  }

  /** Planned, ticketed, confirmed and accepted parcels by operator, origin and destination; operators see their own, where their office is in charge of the origin. */
  getAcceptance(
    query: {
      readonly from?: number;
      readonly until?: number;
      readonly operator?: string;
      readonly origin?: string;
      readonly destination?: string;
      readonly by?: 'city' | 'province';
    } = {},
    options: CallOptions = {},
  ): Promise<Acceptance> {
    return this.call({ method: 'GET', path: '/v1/acceptance', query, repeatable: true }, options);
  }

  /** What resources take by slot: licensed, in force, and waiting for approval. */
  listCapacities(
    query: {
      readonly from: number;
      readonly until: number;
      readonly kind?: string;
      readonly operator?: string;
    },
    options: CallOptions = {},
  ): Promise<Capacities> {
    return this.call(
      { method: 'GET', path: '/v1/capacities/slots', query, repeatable: true },
      options,
    );
  }

  /** Simulate the season under several policies and the same surprises. */
  simulate(body: AskedSimulation, options: CallOptions = {}): Promise<SimulationSummary> {
    return this.call({ method: 'POST', path: '/v1/simulations', body }, options);
  }

  /** Simulations since the server started, the newest first. */
  listSimulations(options: CallOptions = {}): Promise<Simulations> {
    return this.call({ method: 'GET', path: '/v1/simulations', repeatable: true }, options);
  }

  /** How far it is, and the figures of the runs that have finished. */
  getSimulation(id: string, options: CallOptions = {}): Promise<Simulation> {
    return this.call(
      { method: 'GET', path: `/v1/simulations/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Stop one that runs, or remove one that has ended. */
  endSimulation(id: string, options: CallOptions = {}): Promise<void> {
    return this.call(
      { method: 'DELETE', path: `/v1/simulations/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Parcels by slot under each policy, of one seed. */
  getSimulationCurves(
    id: string,
    query: { readonly seed: number },
    options: CallOptions = {},
  ): Promise<SimulationCurves> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/simulations/${encodeURIComponent(id)}/curves`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** What waited at shippers under each policy, of one seed. */
  getSimulationHolds(
    id: string,
    query: { readonly seed: number; readonly by: 'service' | 'origin' },
    options: CallOptions = {},
  ): Promise<SimulationHolds> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/simulations/${encodeURIComponent(id)}/holds`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** How full hubs were, slot by slot, of one policy and seed. */
  getSimulationHubs(
    id: string,
    query: {
      readonly policy: 'at-once' | 'throttle' | 'first-served' | 'plan' | 'foresight';
      readonly seed: number;
    },
    options: CallOptions = {},
  ): Promise<SimulationHubs> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/simulations/${encodeURIComponent(id)}/hubs`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** One hub under each policy, of one seed. */
  getSimulationHub(
    id: string,
    hub: string,
    query: { readonly seed: number },
    options: CallOptions = {},
  ): Promise<SimulationHub> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/simulations/${encodeURIComponent(id)}/hubs/${encodeURIComponent(hub)}`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** Plan what is left of the season; goes on whether or not anybody looks. */
  startPlanRun(body: NewPlanRun, options: CallOptions = {}): Promise<PlanRun> {
    return this.call({ method: 'POST', path: '/v1/plans/runs', body }, options);
  }

  /** Plans being made, or made lately, the newest first. */
  listPlanRuns(options: CallOptions = {}): Promise<PlanRuns> {
    return this.call({ method: 'GET', path: '/v1/plans/runs', repeatable: true }, options);
  }

  /** How far a plan is, and how good. */
  getPlanRun(id: string, options: CallOptions = {}): Promise<PlanRun> {
    return this.call(
      { method: 'GET', path: `/v1/plans/runs/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Stop a plan being made; or forget one that was. */
  endPlanRun(id: string, options: CallOptions = {}): Promise<void> {
    return this.call(
      { method: 'DELETE', path: `/v1/plans/runs/${encodeURIComponent(id)}`, repeatable: true },
      options,
    );
  }

  /** Publish a plan that is done as the next version, if none came since it began (P6). */
  publishPlan(
    id: string,
    body: PlanPublication,
    options: CallOptions = {},
  ): Promise<PublishedPlan> {
    return this.call(
      { method: 'POST', path: `/v1/plans/runs/${encodeURIComponent(id)}/publish`, body },
      options,
    );
  }

  /** Bring an earlier version back, as the next one. */
  restorePlan(
    version: number,
    body: PlanRestoration,
    options: CallOptions = {},
  ): Promise<PublishedPlan> {
    return this.call(
      { method: 'POST', path: `/v1/plans/${encodeURIComponent(version)}/restore`, body },
      options,
    );
  }

  /** Versions of the plan, the newest first. */
  listPlans(options: CallOptions = {}): Promise<PlanVersions> {
    return this.call({ method: 'GET', path: '/v1/plans', repeatable: true }, options);
  }

  /** A version of the plan: certificate and figures. */
  getPlan(version: number, options: CallOptions = {}): Promise<Plan> {
    return this.call(
      { method: 'GET', path: `/v1/plans/${encodeURIComponent(version)}`, repeatable: true },
      options,
    );
  }

  /** Two versions side by side: figures, loads that differ, who waits. */
  comparePlans(
    version: number,
    query: { readonly with: number; readonly kind?: string },
    options: CallOptions = {},
  ): Promise<PlanComparison> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/compare`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** Resources with their highest loads, at once and as planned. */
  listPlannedResources(
    version: number,
    query: { readonly kind?: string } = {},
    options: CallOptions = {},
  ): Promise<PlannedResources> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/resources`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** Loads of a resource slot by slot, with capacity and price. */
  getPlannedLoads(version: number, id: string, options: CallOptions = {}): Promise<PlannedLoads> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/resources/${encodeURIComponent(id)}/loads`,
        repeatable: true,
      },
      options,
    );
  }

  /** Loads of all resources of a kind, slot by slot. */
  getPlanMap(
    version: number,
    query: { readonly kind: string },
    options: CallOptions = {},
  ): Promise<PlanMap> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/map`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** Who waits how long, by group. */
  listPlanHolds(
    version: number,
    query: { readonly by: 'service' | 'shipper' | 'destination' | 'origin' },
    options: CallOptions = {},
  ): Promise<PlanHolds> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/holds`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** The holds that cost most. */
  listCostlyHolds(version: number, options: CallOptions = {}): Promise<CostlyHolds> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/holds/costly`,
        repeatable: true,
      },
      options,
    );
  }

  /** Why a cohort is held: what binds, and what each slot would cost. */
  explainHold(
    version: number,
    query: {
      readonly service: string;
      readonly operator: string;
      readonly origin: string;
      readonly destination: string;
      readonly slot: number;
    },
    options: CallOptions = {},
  ): Promise<Explanation> {
    return this.call(
      {
        method: 'GET',
        path: `/v1/plans/${encodeURIComponent(version)}/explanations`,
        query,
        repeatable: true,
      },
      options,
    );
  }

  /** The season: its horizon and clock, and what this server has. */
  getSeason(options: CallOptions = {}): Promise<Season> {
    return this.call({ method: 'GET', path: '/v1/season', repeatable: true }, options);
  }
}
