import { Problem } from '../http/problem.js';
import type { Database } from '../postgres/database.js';
import { CommandLine } from './command-line.js';
import { openStore } from './store.js';

/**
 * Does something to the database and leaves it; of an embedded one, only if no other process has it.
 *
 * @throws FaultyInput where what was asked for cannot be done.
 */
export async function withDatabase<T>(
  folder: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const store = await openStore(folder);
  try {
    return await work(store.database);
  } catch (error) {
    if (error instanceof Problem && error.status < 500) refuse(error);
    throw error;
  } finally {
    await store.close();
  }
}

function refuse({ status, message, faults }: Problem): void {
  const line = new CommandLine();
  const rule = RULES[status] ?? 'refused';
  for (const { field, text } of faults) line.add(field, rule, text, CURES[rule]);
  if (faults.length === 0) line.add('', rule, message, CURES[rule]);
  line.end();
}

const RULES: Readonly<Record<number, string>> = { 404: 'unknown', 409: 'taken' };
const CURES: Readonly<Record<string, string>> = {
  unknown: 'Name one that is there: cuofeng access … list.',
  taken: 'Choose another name.',
  refused: 'Write one that is allowed.',
};
