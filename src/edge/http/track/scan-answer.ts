import { QUARANTINED, REASONS, Reason } from '../../../track/scans.js';
import type { ScanFault } from '../../track/batch-builder.js';
import type { TakenBatch } from '../../track/track-service.js';

/** What to say of scans that tracking itself quarantined, by reason. */
const SAID: Readonly<Record<number, { readonly field?: string; readonly text: string }>> = {
  [Reason.unparsable]: { text: 'This is no scan.' },
  [Reason.unknownOperator]: { field: 'operator', text: 'The operator is not known.' },
  [Reason.unknownKind]: { field: 'kind', text: 'The kind is not known.' },
  [Reason.unknownResource]: { field: 'resource', text: 'The resource is not known.' },
  [Reason.future]: { field: 'at', text: 'It is stamped later than it was received.' },
  [Reason.outOfSeason]: { field: 'at', text: 'It is stamped outside of the season.' },
  [Reason.conflict]: { text: 'Another content under the same identity counts.' },
};

/**
 * What became of a batch, as JSON: counts (T6), then what is wrong with each scan that is quarantined, by line. What was
 * found when it was read is not said again.
 *
 * @param lineOf line of a scan of the batch, the first being 1.
 */
export function answerText(
  { outcomes, tally }: TakenBatch,
  found: readonly ScanFault[],
  lineOf: (scan: number) => number = (scan) => scan + 1,
): string {
  const { received, applied, superseded, duplicate, quarantined } = tally;
  const faults = quarantined === 0 ? '' : faultsText(outcomes, found, lineOf);
  return `{"received":${received},"applied":${applied},"superseded":${superseded},"duplicate":${duplicate},"quarantined":${quarantined},"faults":[${faults}]}`;
}

function faultsText(
  { status, reason }: TakenBatch['outcomes'],
  found: readonly ScanFault[],
  lineOf: (scan: number) => number,
): string {
  const texts: string[] = [];
  let next = 0;
  for (let i = 0; i < status.length; i++) {
    const first = next;
    while (next < found.length && found[next].line === i + 1) next += 1;
    if (status[i] !== QUARANTINED) continue;
    const line = lineOf(i);
    const own = { line, code: REASONS[reason[i]], ...SAID[reason[i]] };
    const said = next > first ? found.slice(first, next).map((f) => ({ ...f, line })) : [own];
    for (const fault of said) texts.push(JSON.stringify(fault));
  }
  return texts.join(',');
}
