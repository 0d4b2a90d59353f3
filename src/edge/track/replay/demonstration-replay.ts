import { scanSeason } from '../../../world/scans/season-scans.js';
import { SPOILS } from '../../../world/scans/spoil.js';
import { ORDINARY, PLANNER, WORLD } from '../../../world/simulation/options.js';
import { clock } from '../../clock.js';
import type { TrackService } from '../track-service.js';
import { shareFor } from './replay-share.js';
import { Replayer, type ReplayState } from './replayer.js';
import { runOf, ScanText } from './scan-text.js';
import { sendToService } from './send-to-service.js';

/** Of what was sent before a restart, so much is sent again: calls were under way when it ended. */
const AGAIN_MS = 3_600_000;
const SEED = 1;

export interface DemonstrationReplay {
  /** Parcels that each generated one stands for. */
  readonly scale: number;
  readonly state: ReplayState;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * The bundled world's scans for a made-up season, in this process: its parcels as they go when they are released by plan,
 * a sample of them. What the season has behind it is sent first, in the background; after a restart it goes on where it stood.
 */
export async function startDemonstrationReplay(
  service: TrackService,
  onError: (error: unknown) => void,
): Promise<DemonstrationReplay> {
  const { season } = service;
  const { scenario } = season;
  const share = shareFor(scenario);
  const newest = new Map((await service.sources()).map((each) => [each.source, each.newestAt]));
  const stopping = new AbortController();
  const { signal } = stopping;
  const originMs = Date.parse(scenario.start);
  const simulation = {
    policy: 'plan',
    seed: SEED,
    surprises: ORDINARY,
    world: WORLD,
    planner: { ...PLANNER, threads: 1 },
    clock,
    signal,
  } as const;
  const replayer = new Replayer({
    scenario,
    scans: scanSeason(scenario, { simulation, share, spoil: SPOILS.field }),
    text: new ScanText(scenario, runOf('demonstration', SEED, share), originMs),
    send: sendToService(service),
    timing: season.timing,
    speed: Number.POSITIVE_INFINITY,
    sentBefore: (operator) => (newest.get(operator) ?? Number.NEGATIVE_INFINITY) - AGAIN_MS,
    signal,
  });
  const running = replayer.run().then(
    () => undefined,
    (error: unknown) => {
      if (!signal.aborted) onError(error);
    },
  );
  return {
    scale: 1 / share,
    get state() {
      return replayer.state;
    },
    stop: () => {
      stopping.abort(new Error('the replay was stopped'));
      return running;
    },
  };
}
