import { expect, test } from 'vitest';
import { checkFollows, hashOf, NO_HASH } from '../../src/gate/owner/entry-hash.js';
import type { JournalEntry, JournalStore } from '../../src/gate/owner/journal-store.js';

/** Opens the same journal once more, as another process would. */
export type OpenStore = () => JournalStore;

/**
 * What every journal store keeps to (journal-store.ts).
 *
 * @param make an empty journal.
 */
export function journalStoreLaws(make: () => Promise<OpenStore>): void {
  test('P3: entries are read back as they were appended, gapless and in order', async () => {
    const open = await make();
    const entries = chain(await open().take('a'), [0, 3, 0, 250, 1]);
    for (const entry of entries) expect(await open().append(entry)).toBe('appended');
    expect(await all(open(), 1)).toEqual(entries.map(withoutNotices));
    expect(await all(open(), 4)).toEqual(entries.slice(3).map(withoutNotices));
    expect(await all(open(), 6)).toEqual([]);
    expect(await open().find(2)).toEqual(withoutNotices(entries[1]));
    expect(await open().find(6)).toBeUndefined();
  });

  test('a number is given once, and none is left out', async () => {
    const open = await make();
    const store = open();
    const epoch = await store.take('a');
    const [first, second, third] = chain(epoch, [1, 1, 1]);
    const [, other] = chain(epoch, [1, 9]);
    await store.append(first);
    await store.append(second);
    expect(await store.append(second)).toBe('taken');
    expect(await store.append(other)).toBe('taken');
    expect(await store.append({ ...third, seq: 1 })).toBe('taken');
    await expect(store.append({ ...third, seq: 4 })).rejects.toThrow('gap');
    expect(await all(store, 1)).toEqual([first, second].map(withoutNotices));
  });

  test('P6: who was overtaken appends nothing more', async () => {
    const open = await make();
    const [old, young] = [open(), open()];
    const before = await old.take('old');
    const entries = chain(before, [1, 1]);
    await old.append(entries[0]);
    const after = await young.take('young');
    expect(after).toBeGreaterThan(before);
    expect(await old.append(entries[1])).toBe('fenced');
    expect(await old.append(entries[0])).toBe('fenced');
    expect(await young.append({ ...entries[1], epoch: after })).toBe('appended');
    expect((await all(young, 1)).map(({ epoch }) => epoch)).toEqual([before, after]);
  });

  test('P6: owners that overtake one another in mid-flight leave one chain, and lose nothing confirmed', async () => {
    const open = await make();
    const confirmed: JournalEntry[] = [];
    await Promise.all(['a', 'b', 'c'].map((owner) => own(open(), owner, 8, confirmed)));
    const entries = await all(open(), 1);
    let before: JournalEntry | undefined;
    for (const entry of entries) {
      checkFollows(before, entry);
      before = entry;
    }
    expect(confirmed.toSorted((a, b) => a.seq - b.seq).map(withoutNotices)).toEqual(entries);
  });
}

/** Takes the journal so many times, and appends each time until somebody else has it, or for a while. */
async function own(
  store: JournalStore,
  owner: string,
  times: number,
  confirmed: JournalEntry[],
): Promise<void> {
  for (let time = 0; time < times; time++) {
    const epoch = await store.take(owner);
    let last = (await all(store, 1)).at(-1);
    for (let n = 0; n < 10; n++) {
      const entry = next(last, epoch, 1 + n);
      const outcome = await store.append(entry);
      if (outcome === 'fenced') break;
      expect(outcome, 'nobody else writes in an epoch').toBe('appended');
      confirmed.push(entry);
      last = entry;
    }
  }
}

/** Entries one after the other, with so many rows each. */
export function chain(epoch: number, rows: readonly number[]): JournalEntry[] {
  let last: JournalEntry | undefined;
  return rows.map((count) => {
    last = next(last, epoch, count);
    return last;
  });
}

/** An entry that follows another, of so many rows; every third tells two audiences of something. */
export function next(last: JournalEntry | undefined, epoch: number, rows: number): JournalEntry {
  const seq = (last?.seq ?? 0) + 1;
  const entry = {
    seq,
    epoch,
    at: 1.6e12 + seq + 0.5,
    firstRow: last ? last.firstRow + last.rows : 0,
    rows,
    words: Int32Array.from({ length: 5 * rows }, (_, i) => Math.imul(i + seq, 0x9e3779b1)),
    ids: Uint8Array.from({ length: 7 * rows }, (_, i) => (i * 37 + seq) & 0xff),
    notices:
      seq % 3 === 0
        ? [-1, 4].map((audience) => ({ audience, words: Int32Array.of(audience, seq) }))
        : [],
  };
  return { ...entry, hash: new Uint8Array(hashOf(last?.hash ?? NO_HASH, entry)) };
}

function withoutNotices(entry: JournalEntry): JournalEntry {
  return { ...entry, notices: [] };
}

export async function all(store: JournalStore, seq: number): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const entry of store.read(seq)) entries.push(entry);
  return entries;
}
