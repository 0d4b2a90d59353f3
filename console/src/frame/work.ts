import { useSyncExternalStore } from 'react';

/** Something long that goes on whether or not its page is open. */
export interface Work {
  readonly id: string;
  /** In the reader's language. */
  readonly name: string;
  /** 0 to 1; left out where nobody can say. */
  readonly share?: number;
  /** Where it is seen: a page and what is chosen there. */
  readonly page: string;
  readonly chosen: Readonly<Record<string, string>>;
}

/** What of a room's work is under way. */
type Poll = () => Promise<readonly Work[]>;

/** How often work that is under way is asked for. */
const POLL_MS = 2000;

const polls = new Map<string, Poll>();
const listeners = new Set<() => void>();
let open: readonly Work[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Follows a room's work until none is under way; called when its page is opened, and when it starts some. Whoever leaves the page
 * still sees in the frame how far it is, and finds it again there.
 */
export function followWork(room: string, poll: Poll): void {
  polls.set(room, poll);
  clearTimeout(timer);
  timer = setTimeout(() => void look(), 0);
}

/** Forgets all of it: another person is there. */
export function forgetWork(): void {
  polls.clear();
  tell([]);
}

export function useWork(): readonly Work[] {
  return useSyncExternalStore(subscribe, () => open);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function look(): Promise<void> {
  // What cannot be asked for is asked for again when its page is opened.
  const found = await Promise.all([...polls.values()].map((poll) => poll().catch(() => [])));
  tell(found.flat());
  clearTimeout(timer);
  if (open.length > 0) timer = setTimeout(() => void look(), POLL_MS);
}

function tell(now: readonly Work[]): void {
  if (now.length === 0 && open.length === 0) return;
  open = now;
  for (const listener of listeners) listener();
}
