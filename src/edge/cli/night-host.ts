import type { Scenario } from '../../network/scenario.js';
import { Night } from '../night/night.js';
import { shootNight } from '../night/shoot-night.js';
import { type Hosted, onError } from './hosting.js';

/** Rows of demand of a season that is lived through beside the server; a nation's would take its memory and hours. */
const ROWS_MOST = 2_000_000;

export interface HostedNight extends Hosted {
  readonly night: Night;
}

/** The night of a demonstration, made from when the server is there; undefined where the season is too large for it. */
export function hostNight(folder: string, scenario: Scenario): HostedNight | undefined {
  if (scenario.demand.rowParcels.length > ROWS_MOST) return undefined;
  const night = new Night(scenario);
  let stop: (() => Promise<void>) | undefined;
  return {
    night,
    served: {},
    announce: async () => {
      stop = shootNight(folder, night, onError);
    },
    close: async () => stop?.(),
  };
}
