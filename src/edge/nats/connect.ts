import { connect, type NatsConnection } from '@nats-io/transport-node';

/** How long a first connection may take, milliseconds: a server that is there answers at once. */
const CONNECT_MS = 5_000;
/** Between attempts to reach the next server, milliseconds: a cluster that lost one goes on within seconds. */
const AGAIN_MS = 250;
/** A server that is silent for two of these is left for another, milliseconds. */
const PING_MS = 5_000;

/**
 * Connects to a cluster and stays connected to one of its servers, whichever is there; as long as none is, it goes on trying.
 * A URL may carry a user and a password; tls:// is encrypted.
 *
 * @throws Error if none can be reached at first.
 */
export async function connectNats(
  servers: readonly string[],
  name: string,
): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...servers],
      name,
      timeout: CONNECT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: AGAIN_MS,
      pingInterval: PING_MS,
      ignoreAuthErrorAbort: true,
      // A stack for each request, in case it fails, costs more than the request.
      noAsyncTraces: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`NATS cannot be reached at ${servers.map(withoutUser).join(', ')}: ${why}`, {
      cause: error,
    });
  }
}

/** Passwords are not for messages. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

/** Whether a connection has a server, as it changes: what is sent meanwhile would only pile up in memory (P10). */
export class Link {
  isUp = true;

  constructor(readonly connection: NatsConnection) {
    void this.#follow();
  }

  async #follow(): Promise<void> {
    for await (const { type } of this.connection.status()) {
      if (type === 'disconnect' || type === 'close') this.isUp = false;
      if (type === 'reconnect') this.isUp = true;
    }
    this.isUp = false;
  }
}
