import type { GatePlan } from '../gate-plan.js';
import type { GateState } from '../gate-state.js';
import { PLAN, sizeOf } from '../journal.js';
import { replay } from '../replay.js';
import { checkFollows } from './entry-hash.js';
import type { EntryList } from './entry-list.js';
import type { JournalStore } from './journal-store.js';

/**
 * Reads a journal from its first entry and replays it, checking its chain of hashes.
 *
 * @throws Error if an entry is damaged or missing, or a plan is (P15).
 */
export async function recover(
  state: GateState,
  entries: EntryList,
  store: JournalStore,
  plans: (version: number) => Promise<GatePlan>,
): Promise<void> {
  for await (const entry of store.read(1)) {
    checkFollows(entries.last, entry);
    const adopted = new Map<number, GatePlan>();
    for (const version of versionsIn(entry.words)) adopted.set(version, await plans(version));
    replay(state, entry.words, (version) => adopted.get(version));
    if (state.tickets.size !== entry.firstRow + entry.rows) {
      throw new Error(`journal entry ${entry.seq} has other rows than it says`);
    }
    entries.add(entry);
  }
}

function versionsIn(words: Int32Array): number[] {
  const versions: number[] = [];
  for (let at = 0; at < words.length; at += sizeOf(words, at)) {
    if (words[at] === PLAN) versions.push(words[at + 1]);
  }
  return versions;
}
