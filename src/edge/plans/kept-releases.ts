import { setImmediate as turn } from 'node:timers/promises';
import type { ReleaseBatch } from '../../network/plan-files.js';
import type { Releases } from '../../plan/season-view.js';

/** Rows that are kept in memory, 32 bytes each: with more, the file is read again each time. */
const ROWS_MOST = 1_000_000;
/** Batches between which others are answered: some milliseconds of reading. */
const BATCHES_A_TURN = 4;

/** Releases of a plan's files, read once as long as they are few. */
export function keptReleases(read: () => AsyncIterable<ReleaseBatch>): Releases {
  let kept: readonly ReleaseBatch[] | undefined;
  return async function* releases() {
    const copies: ReleaseBatch[] = [];
    let [rows, n] = [0, 0];
    for await (const batch of kept ?? read()) {
      rows += batch.rows;
      if (!kept && rows <= ROWS_MOST) copies.push(copyOf(batch));
      yield batch;
      n += 1;
      if (n % BATCHES_A_TURN === 0) await turn();
    }
    if (!kept && rows <= ROWS_MOST) kept = copies;
  };
}

function copyOf({ rows, ...columns }: ReleaseBatch): ReleaseBatch {
  return {
    rows,
    shipper: columns.shipper.slice(0, rows),
    service: columns.service.slice(0, rows),
    pair: columns.pair.slice(0, rows),
    readySlot: columns.readySlot.slice(0, rows),
    releaseSlot: columns.releaseSlot.slice(0, rows),
    route: columns.route.slice(0, rows),
    parcels: columns.parcels.slice(0, rows),
  };
}
