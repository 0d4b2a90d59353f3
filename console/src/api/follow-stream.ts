/** Until a server that was lost is asked again, ms. */
const RETRY_MS = 2000;
/** A server that says nothing for so long is lost: it says that it lives every 15 s. */
const SILENCE_MS = 40_000;

/** Who hears what a stream of server-sent events tells. */
export interface Hearer {
  /** By the event's name; what is told otherwise is left. */
  readonly events: Readonly<Record<string, (data: string) => void>>;
  /** The server does not answer, and is asked again. */
  readonly lost: () => void;
}

/**
 * Follows a stream of the server until the function returned is called, and comes back where it ends. A page that nobody looks
 * at follows nothing: browsers have six connections for all pages of a server.
 */
export function followStream(path: string, { events, lost }: Hearer): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const lose = () => {
    close();
    lost();
    timer = setTimeout(open, RETRY_MS);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(lose, SILENCE_MS);
  };
  function open(): void {
    close();
    source = new EventSource(path);
    for (const [name, hear] of Object.entries(events)) {
      source.addEventListener(name, ({ data }) => {
        wait();
        hear(data);
      });
    }
    source.addEventListener('error', lose);
    wait();
  }
  const look = () => (document.hidden ? close() : open());
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
