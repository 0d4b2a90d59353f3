import type { ServerResponse } from 'node:http';
import type { Sight } from '../../track/sight.js';
import type { Picture } from '../../track/track-service.js';
import { writeOrDrain } from '../gate/event-stream.js';
import type { TrackContext } from './context.js';

export interface NetworkStream extends Pick<TrackContext, 'board' | 'limits' | 'text'> {
  readonly sight: Sight;
  /** What is written at once. */
  readonly first: Picture;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/**
 * Writes server-sent events until the reader goes or the signal comes: `picture`, all that the reader sees; then `changes`, the
 * resources that changed since the event before, at most one in `pictureMs`; `alive` where nothing did for `heartbeatMs`,
 * with the age of what was said. While tracking does not answer nothing changes and the age grows. A reader that takes
 * nothing for `drainMs` is cut off.
 */
export async function streamNetwork(
  response: ServerResponse,
  { board, text, limits, sight, first, signal }: NetworkStream,
): Promise<void> {
  let said = first;
  let event: string | undefined = eventText('picture', await text.picture(sight, first));
  let silentMs = 0;
  while (!signal.aborted) {
    if (event !== undefined) {
      silentMs = 0;
      if (!(await writeOrDrain(response, event, limits.drainMs, signal))) {
        return void response.destroy();
      }
    }
    const next = await board.next(signal);
    silentMs += limits.pictureMs;
    const changes = next && (await text.changes(sight, said, next));
    // A change is told against what was said last; where nothing seen changed, that is as good as this.
    if (next) said = next;
    if (changes !== undefined) event = eventText('changes', changes);
    else event = silentMs < limits.heartbeatMs ? undefined : eventText('alive', text.age(said));
  }
}

function eventText(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}
