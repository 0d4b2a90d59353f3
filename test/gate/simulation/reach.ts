/** All that a campaign must come to: each fault, and each situation that makes one matter. */
export const CLASSES = [
  'append: late',
  'append: lost before it was done',
  'append: done, its reply lost',
  'append: given up, done later',
  'append: delivered twice',
  'append: done, then the process crashed',
  'append: of a process that is gone',
  'append: of a zombie, fenced',
  'read: slow',
  'read: broken off',
  'read back: failed',
  'take: unknown',
  'take: two at once',
  'take: several in a row',
  'take: spurious',
  'connection cut',
  'failover to the standby',
  'failover with appends under way',
  'crash',
  'crash with an append under way',
  'crash while opening',
  'pause',
  'pause, overtaken, resumed',
  'clock: skewed',
  'clock: forward',
  'clock: backward',
  'clock: set back and overtaken',
  'clock: behind that of the journal',
  'damage: a bit',
  'damage: an entry missing',
  'damage: entries swapped',
  'damage: the end missing',
  'damage: refused to open',
  'capacity cut',
  'capacity cut, appends under way',
  'overhang',
  'plan: adopted, requests under way',
  'plan: stale, refused',
  'plan: cannot be read',
  'planners: two at once, one refused',
  'request: retried',
  'request: delivered twice',
  'request: repeated after its answer',
  'request: with other content',
  'request: to who is no owner',
  'request: to a zombie',
  'request: no such flow, or no parcels',
  'request: reply lost',
  'shipper: silent',
  'ticket: cancelled',
  'ticket: cancelled again',
  'ticket: of somebody else',
  'ticket: confirmed',
  'ticket: picked up',
  'ticket: lapsed',
  'ticket: moved',
  'held: unsure',
  'held: lost',
  'held: busy',
] as const;

export type Class = (typeof CLASSES)[number];

/** How often each class was reached. */
export class Reach {
  readonly counts = new Map<Class, number>(CLASSES.map((name) => [name, 0]));

  add(name: Class, times = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + times);
  }

  include(other: Reach): void {
    for (const [name, times] of other.counts) this.add(name, times);
  }

  get missing(): Class[] {
    return CLASSES.filter((name) => this.counts.get(name) === 0);
  }
}
