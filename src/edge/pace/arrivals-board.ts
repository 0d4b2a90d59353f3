import type { Scenario } from '../../network/scenario.js';
import { type Projection, project } from '../../warn/projection.js';
import type { Seen } from '../../warn/seen.js';
import { ASSUMED } from '../../warn/warn-model.js';
import type { Organisation } from '../access/principal.js';
import type { GateSeason } from '../gate/season.js';
import { Summaries } from '../gate/summaries.js';
import type { LedgerDatabase } from '../postgres/plan-store.js';
import { type Sight, Sights } from '../track/sight.js';
import type { TrackService } from '../track/track-service.js';
import { ModelInForce } from '../warn/model-in-force.js';
import { Sighting } from '../warn/see.js';

/** Today and tomorrow, whatever time it is. */
const HORIZON_HOURS = 48;

/** What is expected of all places, and what it rests on. */
export interface Expected {
  readonly seen: Seen;
  readonly projection: Projection;
  /** By resource and slot ahead: of what is known, departed towards it already. */
  readonly onTheWay: Float64Array;
}

export interface BoardOptions {
  readonly database: LedgerDatabase;
  readonly season: Pick<GateSeason, 'id' | 'scenario' | 'network' | 'timing'>;
  readonly service: TrackService;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
}

/**
 * What will arrive, by the model of warnings (docs/maths/warn.md), looked further ahead and at every place: parcels that are
 * departed towards a place, those in the network, and those that the plan is still to let go. Made once for all who ask, and
 * only when somebody does.
 */
export class ArrivalsBoard {
  readonly scenario: Scenario;
  readonly #kept: Summaries<Expected>;
  readonly #sights: Sights;
  readonly #models: ModelInForce;
  readonly #sighting: Sighting;
  #going: Promise<unknown> = Promise.resolve();

  constructor({ database, season, service, scale }: BoardOptions) {
    const { timing, network, scenario } = season;
    this.scenario = scenario;
    this.#kept = new Summaries(() => timing.elapsed(), 1);
    this.#sights = new Sights(service.season);
    this.#models = new ModelInForce(database, season, { ...ASSUMED, horizonHours: HORIZON_HOURS });
    this.#sighting = new Sighting(service, network, scale);
  }

  sightOf(viewer: Organisation): Sight {
    return this.#sights.of(viewer);
  }

  /** @throws Held */
  look(): Promise<Expected> {
    return this.#kept.get('', () => {
      // What is seen is brought up to date by one at a time.
      const looked = this.#going.then(() => this.#expect());
      this.#going = looked.catch(() => undefined);
      return looked;
    });
  }

  async #expect(): Promise<Expected> {
    const modelled = await this.#models.get();
    const seen = await this.#sighting.see(modelled);
    const { model } = modelled;
    const projection = project(model, seen);
    const { slots, byLeg } = projection;
    const onTheWay = new Float64Array(projection.known.length);
    for (let leg = 0; leg < model.legs.size; leg++) {
      const row = model.legs.to[leg] * slots;
      for (let u = 0; u < slots; u++) onTheWay[row + u] += byLeg.transit[leg * slots + u];
    }
    return { seen, projection, onTheWay };
  }
}
