import type { TrackPolicy } from '../../src/track/policy.js';
import type { REASONS } from '../../src/track/scans.js';
import { msOf, type Seen } from './track-world.js';

type Full = Required<Seen>;

/** The kinds in the order of a parcel's life, said again. */
const LIFE = 'accepted arrived exception held departed out placed delivered returned'.split(' ');

/**
 * The rules T1 to T6 said plainly: a list of what was let in, and everything recounted from it by words. Nothing
 * is shared with the code under test but the shape of a scan.
 */
export class NaiveTrack {
  readonly let: Full[] = [];

  constructor(readonly policy: TrackPolicy) {}

  /** What becomes of a scan now. */
  receive(seen: Seen, receivedAt: number): string {
    const scan = full(seen);
    const fault = this.fault(scan, receivedAt);
    if (fault) return fault;
    const before = this.let.filter((other) => identity(other) === identity(scan));
    if (before.some((other) => order(content(other), content(scan)) === 0)) return 'duplicate';
    const state = this.states().get(scan.parcel);
    this.let.push(scan);
    if (before.some((other) => order(content(other), content(scan)) > 0)) return 'conflict';
    return !state || order(rank(scan), rank(state)) > 0 ? 'applied' : 'superseded';
  }

  /** Scans that count: of each identity the greatest content. */
  counting(): Full[] {
    const best = new Map<string, Full>();
    for (const scan of this.let) {
      const other = best.get(identity(scan));
      if (!other || order(content(scan), content(other)) > 0) best.set(identity(scan), scan);
    }
    return [...best.values()];
  }

  /** By the scans before a moment. */
  states(before = Number.POSITIVE_INFINITY): Map<number, Full> {
    const states = new Map<number, Full>();
    for (const scan of this.counting()) {
      if (scan.at >= before) continue;
      const other = states.get(scan.parcel);
      if (!other || order(rank(scan), rank(other)) > 0) states.set(scan.parcel, scan);
    }
    return states;
  }

  /** Everything that is counted, as text. */
  figures(): string[] {
    const count = new Map<string, number>();
    const add = (key: string): void => {
      count.set(key, (count.get(key) ?? 0) + 1);
    };
    for (const { parcel, kind, resource, to, at } of this.states().values()) {
      add(`parcel ${parcel}: ${kind} ${resource}>${to} ${msOf(at)}`);
      if (kind === 'delivered' || kind === 'returned') continue;
      add('somewhere');
      if (kind !== 'departed') add(`stock ${resource}`);
      else if (to >= 0) {
        add(`bound ${to}`);
        if (resource === 0 && to === 1) add('stock 4');
        if (resource === 1 && to === 2) add('stock 5');
      }
    }
    for (const { kind, resource, to, at } of this.counting()) {
      add(`flow ${resource} ${kind} ${Math.floor(at)}`);
      if (kind === 'departed' && to === resource + 1 && to < 4) {
        add(`leg ${resource} ${Math.floor(at)}`);
      }
      add('scans');
    }
    for (let slot = 0; slot < 12; slot++) {
      for (const { kind, resource, to } of this.states(slot + 1).values()) {
        if (kind === 'delivered' || kind === 'returned') continue;
        if (kind !== 'departed') add(`stock ${resource} after ${slot}`);
        else if (to >= 0) add(`bound ${to} after ${slot}`);
      }
    }
    const lost = this.let.length - this.counting().length;
    if (lost > 0) count.set('conflicts', lost);
    return [...count].map(([key, n]) => `${key} = ${n}`).toSorted();
  }

  fault(scan: Full, receivedAt: number): string | undefined {
    const { operator, kind, resource, to, at, unparsable } = scan;
    if (unparsable) return 'unparsable' satisfies (typeof REASONS)[number];
    if (operator < 0) return 'unknown-operator';
    if (kind === 'unknown') return 'unknown-kind';
    if (resource < 0 || to === -2) return 'unknown-resource';
    if (at < 0) return 'out-of-season';
    return msOf(at) - msOf(receivedAt) > this.policy.futureMs ? 'future' : undefined;
  }
}

function full(seen: Seen): Full {
  return {
    operator: 0,
    parcel: 0,
    kind: 'arrived',
    resource: 0,
    to: -1,
    at: 0,
    attributes: '',
    unparsable: false,
    ...seen,
  };
}

function identity({ operator, parcel, kind, resource, at }: Full): string {
  return [operator, parcel, kind, resource, msOf(at)].join('|');
}

function content({ to, attributes }: Full): [number, string] {
  return [to, attributes];
}

function rank({ at, kind, resource, to }: Full): number[] {
  return [msOf(at), LIFE.indexOf(kind), resource, to];
}

function order(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  if (at < 0) return 0;
  return a[at] < b[at] ? -1 : 1;
}
