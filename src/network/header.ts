import { type Column, quote } from './columns.js';
import type { FaultList } from './fault.js';

/** Lists the columns that a table's header lacks or has twice; returns how many. */
export function columnFaults(
  file: string,
  line: number,
  header: readonly string[],
  columns: readonly Column[],
  faults: FaultList,
): number {
  let count = 0;
  for (const { name } of columns) {
    const times = header.filter((h) => h === name).length;
    if (times === 1) continue;
    count += 1;
    if (times === 0) {
      const text = `there is no column ${quote(name)} among ${header.map(quote).join(', ')}`;
      const cure = `Add the column; names are exact, and the order does not matter.`;
      faults.add({ file, line, field: name, rule: 'missing-column', text, cure });
    } else {
      const text = `the column ${quote(name)} occurs ${times} times`;
      const cure = 'Keep one of them.';
      faults.add({ file, line, field: name, rule: 'duplicate-column', text, cure });
    }
  }
  return count;
}
