import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bug, spoiledModules } from '../support/spoiled-gate.js';
import { arbitraryDrill, type Rooms, runDrill } from '../support/track-drill.js';

const bugs: readonly Bug[] = [
  {
    name: 'the past is as it was told first',
    file: 'track.ts',
    find: 'if (from === until) return;',
    replace: 'return;',
  },
  {
    name: 'a late scan puts a parcel somewhere, and takes it from nowhere',
    file: 'track.ts',
    find: 'this.past.move(below.kind, below.resource, below.to, from, -1);',
    replace: '',
  },
  {
    name: 'a departure whose destination was another is counted twice',
    file: 'track.ts',
    find: 'this.past.depart(kind, resource, search.to, this.#slotOf(stamp), -1);',
    replace: '',
  },
  {
    name: 'repeats are known for an hour only',
    file: 'track.ts',
    find: 'const verdict = this.#search.verdict(scan);',
    replace:
      'let verdict = this.#search.verdict(scan); if (verdict === SAME && scan.stamp < this.clock - this.network.startMs - 3_600_000) verdict = NEW;',
  },
  {
    name: 'last arrival wins',
    file: 'track.ts',
    find: 'if (scan.stamp <= stampOf(parcels.shelf, row)) return this.#judgeLate(row);',
    replace: '',
  },
  {
    name: 'snapshot between log and apply',
    file: 'snapshot.ts',
    find: 'yield Float64Array.of(track.seq,',
    replace: 'yield Float64Array.of(track.seq + 1,',
  },
  {
    name: 'quarantined without a count',
    file: 'sources.ts',
    find: 'for (let i = 0; i < count; i++) tally',
    replace: 'for (let i = 0; i < count; i++) if (status[i] !== 4) tally',
  },
  {
    name: 'quarantined by conflict, and not kept',
    file: 'track.ts',
    find: 'this.#displaced.push(search.seq, search.line);',
    replace: '',
  },
  {
    name: 'superseded counted in state',
    file: 'track.ts',
    find: 'if (verdict === LESSER || state <= 0) {',
    replace: 'if (verdict === LESSER) {',
  },
  {
    name: 'future judged by the wall clock',
    file: 'fault-of.ts',
    find: 'batch.receivedAt + policy.futureMs',
    replace: 'Date.now() + policy.futureMs',
  },
  {
    name: 'duplicate counted in flows',
    file: 'track.ts',
    find: 'if (verdict === SAME) return DUPLICATE;\n    const state',
    replace:
      'if (verdict === SAME) { this.flows.add(scan.resource, scan.kind, Math.floor(scan.stamp / this.network.slotMs)); return DUPLICATE; }\n    const state',
  },
  {
    name: 'superseded not counted in flows',
    file: 'track.ts',
    find: 'if (verdict === NEW) this.#count();',
    replace: 'if (verdict === NEW && rises) this.#count();',
  },
  {
    name: 'flows by the slot of receipt',
    file: 'track.ts',
    find: 'this.flows.add(resource, kind, slot);',
    replace: 'this.flows.add(resource, kind, this.#receivedSlot);',
  },
  {
    name: 'who was forgotten is new',
    file: 'track.ts',
    find: 'if (scan.stamp <= this.forgottenUntil) return this.#judgeAbsent();',
    replace: '',
  },
  {
    name: 'who comes back has no past',
    file: 'track.ts',
    find: 'if (scan.stamp <= this.forgottenUntil) this.#walkForgotten();',
    replace: '',
  },
  {
    name: 'parcels somewhere leave memory',
    file: 'track.ts',
    find: 'if (kindOf(shelf, row) < DELIVERED || ',
    replace: 'if (',
  },
  {
    name: 'the first content counts',
    file: 'identity.ts',
    find: '? GREATER\n      : LESSER',
    replace: '? LESSER\n      : LESSER',
  },
  {
    name: 'a content that lost is not remembered',
    file: 'track.ts',
    find: 'if (verdict === LESSER || state <= 0) {',
    replace: 'if (verdict === LESSER) { } else if (state <= 0) {',
  },
  {
    name: 'identity without operator',
    file: 'identity.ts',
    find: 'a.operator === b.operator',
    replace: 'true',
  },
  {
    name: 'scans of one millisecond by arrival',
    file: 'identity.ts',
    find: 'if (scan.kind !== kind) return scan.kind - kind;',
    replace: '',
  },
  {
    name: 'a parcel that arrived is still bound for there',
    file: 'stock.ts',
    find: 'this.bound[to] += n;',
    replace: 'if (n > 0) this.bound[to] += n;',
  },
  {
    name: 'a content that lost stays in the sum',
    file: 'track.ts',
    find: 'this.#add(search.to, bytesWord(search.attributes, 0, search.attributes.length), -1);',
    replace: '',
  },
  {
    name: 'parcels told apart by less than all that is kept',
    file: 'parcel-table.ts',
    find: ' && (shelf[i + 2] & 0xff) === (d & 0xff)',
    replace: '',
  },
  {
    name: 'a restart without the last chunk of the histories',
    file: 'snapshot.ts',
    find: 'history.restore(end, ints(), forgotten);',
    replace: 'history.restore(end, ints().fill(0), forgotten);',
  },
  {
    name: 'a restart without those who were forgotten',
    file: 'snapshot.ts',
    find: 'yield Float64Array.of(history.end, history.store.forgotten);',
    replace: 'yield Float64Array.of(history.end, 0);',
  },
  {
    name: 'a replay that begins with the batch after the next',
    file: 'track.ts',
    find: 'if (batch.seq !== this.seq + 1) throw new Error(`batch ${batch.seq} after ${this.seq}`);',
    replace: 'if (batch.seq === 3 && this.seq === 2 && batch.count > 4) { this.seq = 3; return; }',
  },
  {
    name: 'a restart counts what was received from nothing',
    file: 'snapshot.ts',
    find: 'for (const [i, name] of TALLIES.entries()) tally[name] = values[i];',
    replace: '',
  },
  {
    name: 'a partition that is not the parcel’s own',
    file: 'partitions.ts',
    find: 'return ((a & 0xfffff) * partitions) >>> 20;',
    replace:
      'return (globalThis as any).turn = (((globalThis as any).turn ?? 0) + 1) % partitions;',
  },
  {
    name: 'unknown resources are counted at the last',
    file: 'fault-of.ts',
    find: 'if (batch.resource[i] < 0 || ',
    replace: 'if (',
  },
];

async function spoiled(bug: Bug): Promise<Rooms> {
  const modules = ['tracking', 'track', 'history', 'network-state', 'snapshot', 'batch-codec'];
  const loaded = await spoiledModules(
    bug.name,
    [bug],
    modules.map((name) => `${name}.js`),
    'src/track',
    ['src/network/growing.ts'],
  );
  return Object.assign({}, ...loaded);
}

test.each(bugs)('P7, P8, P9, T1, T2, T3, T4, T5, T6: seen by the drills: $name', async (bug) => {
  const rooms = await spoiled(bug);
  const details = fc.check(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
    }),
    { numRuns: 300, endOnFailure: true },
  );
  expect(details.failed, `${details.numRuns} drills did not see it`).toBe(true);
});

test('tracking itself, loaded in the same way, is not seen', async () => {
  const text = 'export class Track {';
  const rooms = await spoiled({ name: 'none', file: 'track.ts', find: text, replace: text });
  fc.assert(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
    }),
    { numRuns: 50 },
  );
});
