import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryDrill, runDrill } from '../support/gate-drill.js';
import { type Bug, spoiledGate } from '../support/spoiled-gate.js';

const bugs: readonly Bug[] = [
  {
    name: 'key without shipper',
    file: 'decide.ts',
    find: 'hasher.hash(shipper[i], ids',
    replace: 'hasher.hash(0, ids',
  },
  {
    name: 'no key at all: a repeat is answered anew',
    file: 'decide.ts',
    find: 'if (before >= 0) {',
    replace: 'if (before < -1) {',
  },
  {
    name: 'last arrival wins',
    file: 'decide.ts',
    find: 'if (before >= 0) {',
    replace: 'if (before >= 0 && this.#isSame(batch, i, before)) {',
  },
  {
    name: 'read-then-write: the remainder of a share is that of when it was read first',
    file: 'open-shares.ts',
    find: 'const left = this.#run[WORDS * run + LEFT] - parcels;',
    replace:
      'const s = this as any; s.read ??= this.#run.slice(); const left = s.read[WORDS * run + LEFT] - parcels;',
  },
  {
    name: 'a ticket on free capacity not debited',
    file: 'gate-state.ts',
    find: 'if (run < 0) this.books.ticket(this.wayOf(account, way), slot, parcels);',
    replace: 'if (run < 0) this.wayOf(account, way);',
  },
  {
    name: 'reservation not debited in the share: the timeout frees what was ticketed',
    file: 'open-shares.ts',
    find: 'const left = this.#run[WORDS * run + LEFT] - parcels;',
    replace: 'const left = this.#run[WORDS * run + LEFT];',
  },
  {
    name: 'timeout frees a ticket that was confirmed',
    file: 'tickets.ts',
    find: 'if (this.state(row) !== ISSUED) continue;',
    replace: 'if (!this.isInForce(row)) continue;',
  },
  {
    name: 'return credited twice',
    file: 'gate-state.ts',
    find: 'this.books.giveBack(way, slot, tickets.parcels(row));',
    replace:
      'this.books.giveBack(way, slot, tickets.parcels(row)); if (state === CANCELLED) this.books.giveBack(way, slot, tickets.parcels(row));',
  },
  {
    name: 'a ticket is cancelled after its slot has started',
    file: 'gate.ts',
    find: "<= state.now) return 'too-late';",
    replace: "< 0) return 'too-late';",
  },
  {
    name: 'anybody cancels',
    file: 'gate.ts',
    find: 'return accounts.shipper(tickets.account(row)) === shipper;',
    replace: 'return accounts.shipper.length > 0;',
  },
  {
    name: 'slot from the shipper’s clock',
    file: 'answer.ts',
    find: 'readyAt > now ? this.state.slotAt(readyAt) : nowSlot',
    replace: 'this.state.slotAt(readyAt + 0 * now * nowSlot)',
  },
  {
    name: 'a plan without its version',
    file: 'gate.ts',
    find: 'if (before && plan.version <= before.version)',
    replace: 'if (before && plan.version < 0)',
  },
  {
    name: 'a cut forgets the shares',
    file: 'gate-state.ts',
    find: 'this.books.setCapacity(entry, capacity);\n    this.#cutShares(entry);',
    replace: 'this.books.setCapacity(entry, capacity);',
  },
  {
    name: 'a moved ticket loads both places',
    file: 'gate-state.ts',
    find: 'books.giveBack(this.wayOf(account, tickets.way(row)), tickets.slot(row), parcels);',
    replace: '',
  },
  {
    name: 'ids forgotten by a restart',
    file: 'replay.ts',
    find: 'state.openRequest(words[at + Header.shelf], words[at + Header.mark]);',
    replace: '',
  },
  {
    name: 'a new plan forgets what is held unconfirmed',
    file: 'gate-state.ts',
    find: 'if (this.#hoarding) hoarding.carry(this.#hoarding);',
    replace: '',
  },
];

test.each(bugs)('P1, P2, P5, G2, G5, G6, G8: seen by the drills: $name', async (bug) => {
  const rooms = await spoiledGate(bug);
  const details = fc.check(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
    }),
    { numRuns: 3000, endOnFailure: true },
  );
  expect(details.failed, `${details.numRuns} drills did not see it`).toBe(true);
});

test('the gate itself, loaded in the same way, is not seen', async () => {
  const text = 'export class Gate {';
  const rooms = await spoiledGate({ name: 'none', file: 'gate.ts', find: text, replace: text });
  fc.assert(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
    }),
    { numRuns: 100 },
  );
});
