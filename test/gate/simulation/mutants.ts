import { type Edit, spoiledModules } from '../../support/spoiled-gate.js';
import type { Ledger } from './ledger.js';
import type { PlanShelf } from './plan-shelf.js';
import { OWN_ROOMS, type Rooms } from './rooms.js';
import { Forgetful, LastPlanWins, ReadThenWrite, Renumbering, Unfenced } from './spoiled-stores.js';

/** A planted bug: in the gate's own text, or in what it stands on. The campaign must see it. */
export interface Mutant {
  readonly name: string;
  readonly edits?: readonly Edit[];
  readonly Ledger?: typeof Ledger;
  readonly PlanShelf?: typeof PlanShelf;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'acknowledge before commit',
    edits: [
      {
        file: 'owner/shard-owner.ts',
        find: 'const value = this.#act(act);\n    await this.#writer.durable();',
        replace: 'const value = this.#act(act);\n    this.#writer.durable().catch(() => {});',
      },
    ],
  },
  {
    name: 'what is shown is not waited for',
    edits: [
      {
        file: 'owner/shard-owner.ts',
        find: 'const value = read(this.#gate.state);\n    await this.#writer.durable();',
        replace: 'const value = read(this.#gate.state);\n    this.#writer.check();',
      },
    ],
  },
  {
    name: 'with nothing new to write, what is under way is not waited for',
    edits: [
      {
        file: 'owner/writer.ts',
        find: 'return this.#inFlight?.done ?? Promise.resolve();',
        replace: 'return Promise.resolve();',
      },
    ],
  },
  {
    name: 'key without shipper',
    edits: [
      {
        file: 'decide.ts',
        find: 'hasher.hash(shipper[i], ids',
        replace: 'hasher.hash(0, ids',
      },
    ],
  },
  {
    name: 'last arrival wins',
    edits: [
      {
        file: 'decide.ts',
        find: 'if (before >= 0) {',
        replace: 'if (before >= 0 && this.#isSame(batch, i, before)) {',
      },
    ],
  },
  {
    name: 'ids are written in a transaction of their own, after the tickets',
    edits: [
      {
        file: 'replay.ts',
        find: '  for (let at = 0; at < words.length;',
        replace:
          '  const s = state as any;\n  for (const late of s.late ?? []) state.index.add(...late);\n  s.late = [];\n  for (let at = 0; at < words.length;',
      },
      {
        file: 'replay.ts',
        find: 'state.openRequest(',
        replace: '((shelf, mark) => (state as any).late.push([shelf, mark, tickets.size]))(',
      },
    ],
  },
  {
    name: 'ids are forgotten after a time window',
    edits: [
      {
        file: 'decide.ts',
        find: 'if (before >= 0) {',
        replace: 'if (before >= 0 && this.state.tickets.ready(before) >= this.state.nowSlot) {',
      },
    ],
  },
  {
    name: 'read-then-write: the epoch is checked in a transaction before',
    Ledger: ReadThenWrite,
  },
  { name: 'append without epoch', Ledger: Unfenced },
  { name: 'append at the end, whatever the number', Ledger: Renumbering },
  { name: 'failover to a standby that is behind', Ledger: Forgetful },
  { name: 'plan published without compare-and-set', PlanShelf: LastPlanWins },
  {
    name: 'a plan of an older version is taken over',
    edits: [
      {
        file: 'gate.ts',
        find: 'if (before && plan.version <= before.version)',
        replace: 'if (before && plan.version < 0)',
      },
    ],
  },
  {
    name: 'cached remainder after a restart',
    edits: [
      {
        file: 'owner/shard-owner.ts',
        find: '    return new ShardOwner(options, epoch, state, entries);',
        replace: `    const cache = ((globalThis as any).remainders ??= new WeakMap());
    const last = cache.get(network);
    if (state.plan && last?.version === state.plan.version) state.books.words.set(last.words);
    if (state.plan) cache.set(network, { version: state.plan.version, words: state.books.words });
    return new ShardOwner(options, epoch, state, entries);`,
      },
    ],
  },
  {
    name: 'share not debited',
    edits: [
      {
        file: 'open-shares.ts',
        find: 'const left = this.#run[WORDS * run + LEFT] - parcels;',
        replace: 'const left = this.#run[WORDS * run + LEFT];',
      },
    ],
  },
  {
    name: 'a deadline that passes frees the ticket, though its commit lands',
    edits: [
      {
        file: 'owner/writer.ts',
        find: "const held = new Held('unsure', 'the ledger did not answer in time');",
        replace: `const held = new Held('unsure', 'the ledger did not answer in time');
    const { state } = this.gate;
    const { last } = this.entries;
    for (let row = last ? last.firstRow + last.rows : 0; row < state.tickets.size; row++) {
      if (state.tickets.state(row) === 1) state.setTicket(row, 5);
    }`,
      },
    ],
  },
  {
    name: 'slot from the clock of the shipper',
    edits: [
      {
        file: 'answer.ts',
        find: 'readyAt > now ? this.state.slotAt(readyAt) : nowSlot',
        replace: 'this.state.slotAt(readyAt + 0 * now * nowSlot)',
      },
    ],
  },
  {
    name: 'the clock follows that of the machine, back too',
    edits: [
      {
        file: 'gate.ts',
        find: 'if (now <= state.now) return;',
        replace: 'if (now === state.now) return;',
      },
    ],
  },
  {
    name: 'capacity returned twice on a repeated cancel',
    edits: [
      {
        file: 'gate.ts',
        find: "if (before === CANCELLED) return 'done';",
        replace: `if (before === CANCELLED) {
      const { tickets } = state;
      const way = state.wayOf(tickets.account(row), tickets.way(row));
      state.books.giveBack(way, tickets.slot(row), tickets.parcels(row));
      return 'done';
    }`,
      },
    ],
  },
  {
    name: 'unknown commit taken for not done: written once more',
    edits: [
      {
        file: 'owner/writer.ts',
        find: "if (found) return isSameHash(found.hash, entry.hash) ? 'appended' : 'overtaken';",
        replace: `if (found && isSameHash(found.hash, entry.hash)) {
      const next = { ...entry, seq: entry.seq + 1 };
      Object.assign(entry, next, { hash: hashOf(found.hash, next) });
      return 'unknown';
    }
    if (found) return 'overtaken';`,
      },
    ],
  },
  {
    name: 'unknown commit taken for done',
    edits: [
      {
        file: 'owner/writer.ts',
        find: 'await this.store.append(entry).catch(() => UNKNOWN);',
        replace: "await this.store.append(entry).catch(() => 'appended' as const);",
      },
    ],
  },
  {
    name: 'what another has written under the number is taken for one’s own',
    edits: [
      {
        file: 'owner/writer.ts',
        find: "isSameHash(found.hash, entry.hash) ? 'appended' : 'overtaken'",
        replace: "isSameHash(found.hash, entry.hash) ? 'appended' : 'appended'",
      },
    ],
  },
  {
    name: 'callers wait for the ledger for as long as it takes',
    edits: [
      {
        file: 'owner/writer.ts',
        find: 'if (this.timing.elapsed() - since < this.limits.unsureAfterMs) return;',
        replace: 'if (since >= 0) return;',
      },
    ],
  },
  {
    name: 'once the ledger was silent, the owner stays unsure',
    edits: [{ file: 'owner/writer.ts', find: 'this.#isUnsure = false;', replace: '' }],
  },
  {
    name: 'ids in the order of the batch, records in that of deciding',
    edits: [
      {
        file: 'owner/shard-owner.ts',
        find: 'of inOrderOfRecords(batch.count, answers.record))',
        replace: 'of inOrderOfRecords(batch.count, answers.record).toSorted())',
      },
    ],
  },
  {
    name: 'a shipper is not told that its ticket lapsed',
    edits: [
      {
        file: 'gate.ts',
        find: 'this.#tell(row, [STATE, row, to,',
        replace: 'if (to !== LAPSED) this.#tell(row, [STATE, row, to,',
      },
    ],
  },
  {
    name: 'an owner denies what it does not know, without asking whether it is one',
    edits: [
      {
        file: 'owner/shard-owner.ts',
        find: '    this.#gate.stamp(now);\n',
        replace: '',
      },
    ],
  },
  {
    name: 'a zombie answers from memory',
    edits: [
      {
        file: 'owner/writer.ts',
        find: "    if (this.lost !== undefined) throw new Held('lost', this.lost);\n",
        replace: '',
      },
      {
        file: 'owner/writer.ts',
        find: "if (this.lost !== undefined) return Promise.reject(new Held('lost', this.lost));",
        replace: 'if (this.lost !== undefined) return Promise.resolve();',
      },
    ],
  },
  {
    name: 'replay skips the last entry',
    edits: [
      {
        file: 'owner/recover.ts',
        find: 'replay(state, entry.words, (version) => adopted.get(version));',
        replace:
          'const s = state as any;\n    s.late?.();\n    s.late = () => replay(state, entry.words, (version) => adopted.get(version));',
      },
      {
        file: 'owner/recover.ts',
        find: 'if (state.tickets.size !== entry.firstRow + entry.rows) {',
        replace: 'if (entry.rows < 0) {',
      },
    ],
  },
  {
    name: 'the chain of hashes is not checked',
    edits: [
      { file: 'owner/recover.ts', find: 'checkFollows(entries.last, entry);', replace: '' },
      {
        file: 'owner/recover.ts',
        find: 'if (state.tickets.size !== entry.firstRow + entry.rows) {',
        replace: 'if (entry.rows < 0) {',
      },
    ],
  },
];

/** The rooms with a bug planted. */
export async function spoiledRooms({ name, edits, ...others }: Mutant): Promise<Rooms> {
  const modules = ['owner/shard-owner.js', '../units/held.js'];
  const [owner, held] = await spoiledModules(name, edits ?? [], modules);
  return { ...OWN_ROOMS, ShardOwner: owner.ShardOwner, Held: held.Held, ...others };
}
