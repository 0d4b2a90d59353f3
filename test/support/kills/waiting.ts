import { setTimeout as sleep } from 'node:timers/promises';

/** Longest for something to become so on a busy machine: a database reads its log, a gate starts and finds its shards free. */
const PATIENCE_MS = 300_000;

/**
 * Looks again and again until something is so; a look that fails is a no.
 *
 * @throws Error that says what was waited for, and how things stand, when it does not become so.
 */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  state: () => Promise<string>,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > end) throw await tooLong(what, state);
    await sleep(50);
  }
}

/** What is done, if it is done in time; else an error as `until` has it. What was begun goes on. */
export async function inTime<T>(
  what: string,
  done: Promise<T>,
  state: () => Promise<string>,
): Promise<T> {
  const limit = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: limit.signal }).then(async () => {
    throw await tooLong(what, state);
  });
  try {
    return await Promise.race([done, late]);
  } finally {
    // Nobody hears the end of a limit that is not needed.
    late.catch(() => undefined);
    limit.abort();
  }
}

async function tooLong(what: string, state: () => Promise<string>): Promise<Error> {
  const seconds = PATIENCE_MS / 1000;
  return new Error(`${what}: not within ${seconds} s\n${await state().catch(String)}`);
}
