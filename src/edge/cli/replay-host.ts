import { DemonstrationOrders } from '../gate/demonstration-orders.js';
import {
  type DemonstrationReplay,
  startDemonstrationReplay,
} from '../track/replay/demonstration-replay.js';
import type { TrackService } from '../track/track-service.js';
import { type Hosted, type HostedGate, type Hosting, onError } from './hosting.js';
import { count } from './text-table.js';

/** Scans for a made-up season that nobody scans: they begin to come when the server is there. */
export function hostReplay(service: TrackService): Hosted {
  let starting: Promise<DemonstrationReplay | undefined> | undefined;
  const start = async () => {
    const replay = await startDemonstrationReplay(service, onError);
    process.stdout.write(
      `Generated scans come in (模拟扫描); each parcel stands for ${count(replay.scale)}.\n`,
    );
    return replay;
  };
  return {
    served: {},
    announce: async () => {
      starting = start().catch((error: unknown) => {
        onError(error);
        return undefined;
      });
    },
    close: async () => (await starting)?.stop(),
  };
}

/** Orders of a made-up season, for which its platforms ask the gate when the server is there. */
export function hostOrders({ season }: Hosting, { open }: HostedGate): Hosted {
  const orders = new DemonstrationOrders(open.gate, season, onError);
  return {
    served: {},
    announce: async () => orders.start(),
    close: () => orders.stop(),
  };
}
