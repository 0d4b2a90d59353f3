import type { JournalEntry, JournalStore } from '../../../src/gate/owner/journal-store.js';
import type { Scheduler } from './scheduler.js';

/** A simulated store for who does not run its time: each call lets time go on until it has ended. */
export function pumped(store: JournalStore, scheduler: Scheduler): JournalStore {
  const pump = async <T>(call: Promise<T>): Promise<T> => {
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    call.then(end, end);
    await scheduler.runUntil(Number.POSITIVE_INFINITY, () => isOver);
    return call;
  };
  return {
    take: (owner) => pump(store.take(owner)),
    append: (entry) => pump(store.append(entry)),
    find: (seq) => pump(store.find(seq)),
    async *read(seq): AsyncIterable<JournalEntry> {
      const entries = store.read(seq)[Symbol.asyncIterator]();
      for (;;) {
        const next = await pump(entries.next());
        if (next.done) return;
        yield next.value;
      }
    },
  };
}
