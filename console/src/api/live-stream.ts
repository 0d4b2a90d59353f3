import type { LiveAge, LiveHub, LivePicture } from '../../../src/edge/http/live-schema.ts';

/** Until a server that was lost is asked again. */
const RETRY_MS = 2000;
/** A server that says nothing for so long is lost: it says that it lives every 15 s. */
const SILENCE_MS = 40_000;

/** The network as it was told last. */
export interface Seen extends Omit<LivePicture, 'hubs'> {
  readonly hubs: ReadonlyMap<string, LiveHub>;
  /** When it was told, by this machine's performance.now(): ages go on growing from then. */
  readonly heardAt: number;
}

export interface Network {
  /** Undefined before the first picture. */
  readonly seen?: Seen;
  /** The server does not answer, and is asked again. */
  readonly isLost: boolean;
}

/**
 * Follows the network by server-sent events until the function returned is called, and comes back where the stream ends. A
 * page that nobody looks at follows nothing: browsers have six connections for all pages of a server.
 */
export function followNetwork(tell: (network: Network) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: Seen | undefined;
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const lose = () => {
    close();
    tell({ ...(seen && { seen }), isLost: true });
    timer = setTimeout(open, RETRY_MS);
  };
  const hear = (now: Seen) => {
    seen = now;
    tell({ seen, isLost: false });
    clearTimeout(timer);
    timer = setTimeout(lose, SILENCE_MS);
  };
  function open(): void {
    close();
    source = new EventSource('/v1/live/changes');
    source.addEventListener('picture', ({ data }) => hear(seenIn(JSON.parse(data))));
    source.addEventListener('changes', ({ data }) => hear(seenIn(JSON.parse(data), seen)));
    source.addEventListener('alive', ({ data }) => {
      const age: LiveAge = JSON.parse(data);
      if (seen) hear({ ...seen, ...age, heardAt: performance.now() });
    });
    source.addEventListener('error', lose);
    timer = setTimeout(lose, SILENCE_MS);
  }
  const look = () => (document.hidden ? close() : open());
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}

/** What was told, with the hubs that did not change since. */
function seenIn(told: LivePicture, before?: Seen): Seen {
  const hubs = new Map(before?.hubs);
  for (const hub of told.hubs) hubs.set(hub.id, hub);
  return { ...told, hubs, heardAt: performance.now() };
}
