import type { Fault, FaultList } from '../../network/fault.js';
import { count } from './text-table.js';

/**
 * The faults as a person reads them: by file and rule, each with its places and once with its cure;
 * then how many more there are, by rule.
 */
export function faultLines(faults: FaultList): string[] {
  const lines = [`The input has ${count(faults.total)} fault${faults.total === 1 ? '' : 's'}:`];
  for (const [file, inFile] of groups(faults.first, (fault) => fault.file)) {
    lines.push('', file === '' ? 'the folder' : file);
    for (const [rule, ofRule] of groups(inFile, (fault) => `${fault.rule}\n${fault.cure}`)) {
      lines.push(`  ${rule.split('\n')[0]}: ${ofRule[0].cure}`);
      for (const { line, field, text } of ofRule) lines.push(`    ${place(line, field)}${text}`);
    }
  }
  const more = faults.total - faults.first.length;
  if (more > 0) {
    const rules = [...faults.countByRule].map(([rule, n]) => `${rule} ${count(n)}`);
    lines.push('', `… and ${count(more)} more. In all: ${rules.join(', ')}.`);
  }
  return lines;
}

function place(line: number, field: string): string {
  const parts = [...(line > 0 ? [`line ${line}`] : []), ...(field === '' ? [] : [field])];
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}

function groups(
  faults: readonly Fault[],
  keyOf: (fault: Fault) => string,
): Map<string, [Fault, ...Fault[]]> {
  const found = new Map<string, [Fault, ...Fault[]]>();
  for (const fault of faults) {
    const group = found.get(keyOf(fault));
    if (group) group.push(fault);
    else found.set(keyOf(fault), [fault]);
  }
  return found;
}
