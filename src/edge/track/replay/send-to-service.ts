import { emptyTally, tallyUp } from '../../../track/sources.js';
import { BatchBuilder } from '../batch-builder.js';
import { addLines } from '../scan-lines.js';
import type { TrackService } from '../track-service.js';
import type { SendScans } from './replayer.js';

/** Sends to tracking in this process; each operator is a source of its own, its organisation. */
export function sendToService(
  service: Pick<TrackService, 'season' | 'sourceOf' | 'take'>,
): SendScans {
  return async (operator, lines) => {
    const { season } = service;
    const source = await service.sourceOf(operator);
    const builder = new BatchBuilder(season.names, season.keys);
    addLines(lines, builder);
    const { outcomes } = await service.take(builder.finish(source, season.timing.now()));
    const tally = emptyTally();
    tallyUp(tally, outcomes, builder.count);
    return tally;
  };
}
