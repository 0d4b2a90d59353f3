import { forecastLoads } from '../../src/warn/forecast.js';
import type { WarnModel } from '../../src/warn/warn-model.js';
import type { LivedSeason } from './lived-season.js';

/** A score for each hub when slot t begins: the higher, the nearer to an overflow. */
export type Warner = (model: WarnModel, season: LivedSeason, t: number) => Float64Array;

/** Within these hours scheduled arrivals count: the horizon of which the baseline did best on the seeds used to tune. */
const ARRIVALS_HOURS = 12;

export const WARNERS: Readonly<Record<string, Warner>> = {
  /** What Cuofeng warns by: the chance of passing the floor. */
  model: (model, season, t) =>
    Float64Array.from(forecastLoads(model, season.seen(t)), ({ chance }) => chance),
  /** First baseline: stock over floor. */
  stock: (model, season, t) => {
    const { stock } = season.rows[t];
    return Float64Array.from(model.hubs, (r) => stock[r] / model.floor[r]);
  },
  /** Second baseline: stock and scheduled arrivals of the next hours, over floor. */
  'stock + arrivals': (model, season, t) => {
    const { stock } = season.rows[t];
    return Float64Array.from(model.hubs, (r) => {
      const arrivals = season.due(t, r, ARRIVALS_HOURS).reduce((all, n) => all + n, 0);
      return (stock[r] + arrivals) / model.floor[r];
    });
  },
  /** The same, less what is sorted meanwhile as declared, at its highest: harder to beat than was asked for. */
  'stock + arrivals − capacity': (model, season, t) => {
    const { stock } = season.rows[t];
    return Float64Array.from(model.hubs, (r) => {
      const rate = model.scenario.resources.capacity[r];
      let [there, most] = [stock[r], stock[r]];
      for (const n of season.due(t, r, model.horizon)) {
        there = Math.max(0, there + n - rate);
        most = Math.max(most, there);
      }
      return most / model.floor[r];
    });
  },
};
