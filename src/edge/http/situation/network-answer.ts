import { begunAt } from '../../situation/seen-places.js';
import { knownSlots, type SeenPlaces, type SituationContext, situationNow } from './context.js';
import { known, placeView } from './place-view.js';
import type { SituationAnswer } from './schema.js';

/** What never changes of what is seen is written once; the slots that can be asked for come behind it. */
export class NetworkAnswers {
  readonly #texts = new Map<string, string>();

  constructor(private readonly context: SituationContext) {}

  async text(seen: SeenPlaces): Promise<string> {
    const situation = await situationNow(this.context);
    const { from, until } = knownSlots(situation, begunAt(seen, situation.counted));
    return `${this.#static(seen)},"slots":${JSON.stringify({ from, until })}}`;
  }

  #static(seen: SeenPlaces): string {
    const kept = this.#texts.get(seen.sight.key);
    if (kept !== undefined) return kept;
    if (this.#texts.size >= KEPT_MOST) this.#texts.clear();
    const text = JSON.stringify(this.#view(seen)).slice(0, -1);
    this.#texts.set(seen.sight.key, text);
    return text;
  }

  #view({ places, legs }: SeenPlaces): Omit<SituationAnswer, 'slots'> {
    const { service, seenPlaces, scale } = this.context;
    const { network, scenario } = service.season;
    const number = new Map(Array.from(places, (r, i) => [r, i]));
    return {
      scale,
      places: Array.from(places, (r) => placeView(service.season, seenPlaces.important, r)),
      lanes: Array.from(legs, (leg) => {
        const [from, to] = [network.legs.from[leg], network.legs.to[leg]];
        const lane = network.lanes.find(from, to);
        return {
          from: number.get(from) ?? -1,
          to: number.get(to) ?? -1,
          operator: scenario.resources.operator[from],
          capacity: lane < 0 ? null : known(scenario.resources.capacity[lane]),
        };
      }),
    };
  }
}

/** Sights that are kept: a few hundred kilobytes each. */
const KEPT_MOST = 100;
