import { readFile } from 'node:fs/promises';
import { FaultList, FaultyInput } from '../../network/fault.js';
import type { Scenario } from '../../network/scenario.js';
import type { ScanKey } from '../load/scan-load.js';

/**
 * Reads keys of operators from a file: `operator key` a line, empty lines and those behind # apart.
 *
 * @throws FaultyInput; no text of it has any of a key.
 */
export async function readKeyFile(path: string, { pairs }: Scenario): Promise<ScanKey[]> {
  const faults = new FaultList();
  const known = new Set(pairs.operators.list());
  const keys: ScanKey[] = [];
  const add = (line: number, field: string, rule: string, text: string, cure: string): void => {
    faults.add({ file: path, line, field, rule, text, cure });
  };
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) add(0, '', 'missing-file', 'It cannot be read.', 'Name a file of keys.');
  for (const [i, line] of (text ?? '').split(/\r?\n/).entries()) {
    const words = line.trim().split(/\s+/);
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [operator, key] = words;
    if (words.length !== 2) {
      add(i + 1, '', 'malformed', 'This is not an operator and its key.', 'Write: operator key.');
    } else if (!known.has(operator)) {
      const cure = `Name one of ${[...known].slice(0, 10).join(', ')}.`;
      add(i + 1, 'operator', 'unknown-operator', `The scenario has no ${operator}.`, cure);
    } else if (keys.some((other) => other.operator === operator)) {
      add(i + 1, 'operator', 'operator-twice', `${operator} occurs twice.`, 'Leave one key of it.');
    } else keys.push({ operator, key });
  }
  if (faults.total === 0 && keys.length === 0) {
    add(0, '', 'no-key', 'It has no key.', 'Write a line for each operator that sends.');
  }
  if (faults.total > 0) throw new FaultyInput(faults);
  return keys;
}
