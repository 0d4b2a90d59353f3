import type { RequestItem } from '../../src/client/api.js';
import { GateClient } from '../../src/client/gate-client.js';
import type { GateServer } from './gate-server.js';

/** A client with the key of a principal of the test server, which is its name. */
export function clientOf({ url }: GateServer, key: string, attempts = 1): GateClient {
  return new GateClient({ url, key, attempts });
}

/** A request of three parcels that are ready when the season starts. */
export function requestOf(id: string, more: Partial<RequestItem> = {}): RequestItem {
  return {
    id,
    service: 'standard',
    operator: 'op',
    origin: 'a',
    destination: 'b',
    readyAt: '2021-11-01T00:00:00+08:00',
    parcels: 3,
    ...more,
  };
}
