import type {
  SituationAnswer,
  SituationFigures,
  SituationSlotAnswer,
} from '../../src/edge/http/situation/schema.js';
import { Random } from '../../src/world/random.js';
import { generatedNetwork } from '../console-map/network.js';

const OPERATORS = ['ZTO', 'YUNDA', 'YTO', 'STO', 'BEST', 'SF', 'JT', 'EMS'];
/** Before and after now. */
const SLOTS = { from: -24, until: 146 };
const SCALE = 1000;

/** A made-up nation, as the API tells of it: nothing in it is planned or counted, only as much as there would be. */
export class Nation {
  readonly situation: SituationAnswer;
  /** Tracked parcels at each hub. */
  readonly stock: Float64Array;
  readonly #random = new Random(1, 'console-idle');

  constructor(hubs: number, lanes: number) {
    const network = generatedNetwork(hubs, lanes);
    const places = network.nodes.map(({ lat, lng, region }, i) => {
      const operator = OPERATORS[i % OPERATORS.length];
      const capacity = Math.round(this.#random.between(2000, 200_000));
      return {
        id: `${operator}/hub/${region}-${i}`,
        kind: 'hub',
        operator,
        region,
        lat,
        lng,
        floor: 6 * capacity,
        capacity,
        important: i % 12 === 0,
      };
    });
    this.situation = {
      scale: SCALE,
      places,
      lanes: network.lanes.map(({ from, to }) => ({
        from,
        to,
        operator: places[from].operator,
        capacity: 50_000,
      })),
      slots: SLOTS,
    };
    this.stock = Float64Array.from(places, ({ floor }) =>
      Math.round((floor / SCALE) * this.#random.between(0.05, 0.98)),
    );
  }

  /** Parcels come to and leave a share of the hubs; who changed. */
  live(share: number): number[] {
    const changed: number[] = [];
    for (let i = 0; i < this.stock.length; i++) {
      if (this.#random.uniform() >= share) continue;
      const most = this.situation.places[i].floor ?? 0;
      const step = Math.round(this.#random.between(-0.05, 0.05) * (most / SCALE)) || 1;
      this.stock[i] = Math.max(0, Math.min((1.1 * most) / SCALE, this.stock[i] + step));
      changed.push(i);
    }
    return changed;
  }

  slot(slot: number): SituationSlotAnswer {
    const stock = Array.from(this.stock, (n, i) => SCALE * n * (1 + 0.3 * Math.sin(slot / 4 + i)));
    return {
      slot,
      basis: slot < 24 ? 'counted' : 'planned',
      stock,
      load: stock.map((_, i) => 0.6 + 0.4 * Math.sin(slot / 5 + i)),
      lanes: this.situation.lanes.map(({ capacity }, i) =>
        Math.round((capacity ?? 0) * (0.5 + 0.45 * Math.sin(slot / 3 + i))),
      ),
    };
  }

  figures(at: string): SituationFigures {
    const { places } = this.situation;
    const worst = places
      .map((resource, i) => ({ resource, value: (SCALE * this.stock[i]) / (resource.floor ?? 1) }))
      .toSorted((a, b) => b.value - a.value)
      .slice(0, 10);
    const over = worst.filter(({ resource, value }) => resource.important && value > 1);
    return {
      at,
      ageMs: 400,
      stopped: { value: 0, of: places.length, worst: [] },
      overflowing: { value: over.length, of: 250, worst: over },
      smooth: { value: 1.08, of: 64_000_000, worst: [] },
      safe: { value: 0.94, of: places.length, worst },
      steady: { value: 1.71, of: 24, worst: [] },
      pickedUp: { seen: 410_200_000, planned: 405_100_000 },
      inNetwork: { seen: 388_000_000, planned: 380_000_000 },
      delivered: { seen: 22_200_000, planned: 25_100_000 },
      regions: [...new Set(places.map(({ region }) => `${region.slice(0, 2)}0000`))].map(group),
      operators: OPERATORS.map(group),
    };
  }
}

function group(key: string) {
  return {
    key,
    places: 60,
    stock: 12_345_678,
    floorShare: 0.62,
    overflowing: key.endsWith('0') ? 1 : 0,
    stopped: 0,
    stale: 2,
    level: key === 'ZTO' ? ('orange' as const) : null,
  };
}
