import { emptyTally, TALLIES, type Tally } from '../../../track/sources.js';
import type { Calls } from '../../load/calls.js';
import type { Answer } from '../../load/connection.js';
import type { SendScans } from './replayer.js';

/** Sends to a server, each operator with its key: as often as it is told to come again, and after broken connections. */
export function sendByHttp(
  calls: Pick<Calls, 'send'>,
  keys: ReadonlyMap<string, string>,
): SendScans {
  return (operator, body) =>
    new Promise((resolve, reject) => {
      calls.send({
        path: '/v1/scans',
        type: 'application/x-ndjson',
        key: keys.get(operator) ?? '',
        body,
        due: performance.now(),
        patienceMs: Number.POSITIVE_INFINITY,
        done: (answer) => {
          const tally = tallyOf(answer);
          if (tally) resolve(tally);
          else reject(new Error(`the server answered ${textOf(answer)}`));
        },
      });
    });
}

function tallyOf({ status, body }: Answer): Tally | undefined {
  if (status !== 200) return undefined;
  const told: Partial<Tally> = JSON.parse(Buffer.from(body).toString());
  const tally = emptyTally();
  for (const name of TALLIES) tally[name] = told[name] ?? 0;
  return tally;
}

/** A problem names no value of what was sent (P13). */
function textOf({ status, body }: Answer): string {
  return `${status} ${Buffer.from(body.subarray(0, 300)).toString()}`;
}
