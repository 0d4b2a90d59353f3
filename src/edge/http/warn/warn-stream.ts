import type { ServerResponse } from 'node:http';
import type { Organisation } from '../../access/principal.js';
import type { NumberedEvent } from '../../warn/warn-events.js';
import { writeOrDrain } from '../gate/event-stream.js';
import type { WarnContext } from './context.js';
import { PAGE_MOST } from './schema.js';
import { eventView, viewOf } from './view.js';

export interface WarnStream extends WarnContext {
  readonly viewer: Organisation;
  /** Of the last event that the reader has. */
  readonly after: number;
  /** Ends the stream; its reader comes back with the last id it saw. */
  readonly signal: AbortSignal;
}

/**
 * Writes what becomes of the warnings that a reader sees as server-sent events, each with the warnings as they stand, until
 * the reader goes or the signal comes. An event's id is the number of the last event told, or passed over as not the
 * reader's: who resumes after it misses nothing. Where nothing happens, an event without changes says that the stream lives. A reader that takes nothing for `drainMs` is cut off.
 */
export async function streamWarnings(response: ServerResponse, stream: WarnStream): Promise<void> {
  const { reader, limits, signal } = stream;
  let { after } = stream;
  let text = eventText(after, []);
  while (!signal.aborted) {
    if (!(await writeOrDrain(response, text, limits.drainMs, signal))) {
      return void response.destroy();
    }
    const events = await reader.after(after, PAGE_MOST, limits.heartbeatMs, signal);
    after = events.at(-1)?.seq ?? after;
    text = eventText(after, await changesOf(stream, events));
  }
}

function eventText(after: number, changes: readonly object[]): string {
  return `event: warnings\nid: ${after}\ndata: ${JSON.stringify({ changes })}\n\n`;
}

async function changesOf(stream: WarnStream, events: readonly NumberedEvent[]): Promise<object[]> {
  const changes: object[] = [];
  for (const event of events) {
    const warning = await stream.reader.find(event.number);
    const view = warning && viewOf(stream, stream.viewer, warning);
    if (!warning || !view) continue;
    changes.push({ event: eventView(stream, stream.viewer, warning, event), warning: view });
  }
  return changes;
}
