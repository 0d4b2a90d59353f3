import type { ServerResponse } from 'node:http';
import type { Principal } from '../../access/principal.js';
import type { ChangePage, GateService } from '../../gate/gate-service.js';
import { writeOrDrain } from './event-stream.js';
import type { Limits } from './limits.js';

/** Changes in one event, at most. */
export const CHANGES_MOST = 500;

export interface ChangeStream {
  readonly gate: GateService;
  readonly viewer: Principal;
  /** What is written at once, changes or not: its cursor is where a reader of "from now on" resumes. */
  readonly first: ChangePage;
  readonly limits: Pick<Limits, 'drainMs' | 'heartbeatMs'>;
  /** Ends the stream; its reader comes back with the last id it saw. */
  readonly signal: AbortSignal;
}

/**
 * Writes changes as server-sent events until the reader goes or the signal comes. An event holds what a long poll would
 * answer, and its cursor is the event's id: whoever resumes after the last event they saw misses nothing and sees
 * nothing twice. A reader that takes nothing for `drainMs` is cut off.
 */
export async function streamChanges(
  response: ServerResponse,
  { gate, viewer, first, limits, signal }: ChangeStream,
): Promise<void> {
  let page = first;
  let text = eventText(first);
  while (!signal.aborted) {
    if (!(await writeOrDrain(response, text, limits.drainMs, signal))) {
      return void response.destroy();
    }
    page = await gate.changes(viewer, page.cursor, {
      limit: CHANGES_MOST,
      waitMs: limits.heartbeatMs,
      signal,
    });
    text = page.changes.length > 0 ? eventText(page) : ': nothing new\n\n';
  }
}

function eventText(page: ChangePage): string {
  return `event: changes\nid: ${page.cursor}\ndata: ${JSON.stringify(page)}\n\n`;
}
