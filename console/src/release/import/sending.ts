import { useSyncExternalStore } from 'react';
import { Api, type Result, type Session } from '../../../../src/client/api.ts';
import { CallProblem } from '../../api/client.ts';
import type { Order } from './orders.ts';

/** Requests of one call: few enough that progress is seen. */
const BATCH = 500;

/** An import under way or done. It goes on while its page is closed, and stays until another begins. */
export interface Sending {
  /** Name of the file. */
  readonly file: string;
  readonly orders: readonly Order[];
  /** Of the first orders, in their order. */
  readonly results: readonly Result[];
  readonly state: 'sending' | 'stopped' | 'done';
  /** Why it stopped, where the server said so. */
  readonly problem?: string;
}

let current: { readonly of: string; readonly sending: Sending } | undefined;
const listeners = new Set<() => void>();

function set(of: string, sending: Sending | undefined): void {
  current = sending && { of, sending };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The import of somebody's organisation; nobody else sees it. */
export function sendingOf({ organisation }: Session): Sending | undefined {
  return current?.of === organisation.id ? current.sending : undefined;
}

export function useSending(viewer: Session): Sending | undefined {
  return useSyncExternalStore(subscribe, () => sendingOf(viewer));
}

/**
 * Sends orders batch by batch, as the session that began it: under another the server refuses its token, and the import
 * stops. What was sent and not answered is sent again with the same ids, and is answered once (G2).
 */
export async function send(
  viewer: Session,
  file: string,
  orders: readonly Order[],
  onEnd: () => void,
): Promise<void> {
  const begun: Sending = { file, orders, results: [], state: 'sending' };
  await goOn(viewer, begun, onEnd);
}

/** Takes an import up where it stopped. */
export async function resume(viewer: Session, onEnd: () => void): Promise<void> {
  const stopped = sendingOf(viewer);
  if (stopped?.state !== 'stopped') return;
  const { problem: _, ...rest } = stopped;
  await goOn(viewer, { ...rest, state: 'sending' }, onEnd);
}

/** Sends nothing more after the batch that is under way. */
export function stop(viewer: Session): void {
  const sending = sendingOf(viewer);
  if (sending?.state === 'sending') set(viewer.organisation.id, { ...sending, state: 'stopped' });
}

/** Makes place for another file; what was sent stays sent. */
export function forget(viewer: Session): void {
  if (sendingOf(viewer)) set(viewer.organisation.id, undefined);
}

async function goOn(viewer: Session, from: Sending, onEnd: () => void): Promise<void> {
  const of = viewer.organisation.id;
  const api = new Api({ url: window.location.origin, csrf: viewer.csrf });
  set(of, from);
  for (;;) {
    const sending = sendingOf(viewer);
    if (sending?.orders !== from.orders || sending.state !== 'sending') break;
    const at = sending.results.length;
    if (at >= sending.orders.length) {
      set(of, { ...sending, state: 'done' });
      break;
    }
    const requests = sending.orders.slice(at, at + BATCH).map(({ request }) => request);
    try {
      const { results } = await api.requestTickets({ requests });
      // It may have been stopped meanwhile: what was answered counts all the same.
      const now = sendingOf(viewer);
      if (now?.orders !== from.orders) break;
      set(of, { ...now, results: [...now.results, ...results] });
    } catch (error) {
      const problem = error instanceof CallProblem ? error.message : '';
      const now = sendingOf(viewer);
      if (now?.orders === from.orders) set(of, { ...now, state: 'stopped', problem });
    }
  }
  onEnd();
}
