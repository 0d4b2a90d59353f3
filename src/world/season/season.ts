import type { ColumnBatch } from '../../network/table.js';
import type { ScenarioMeta, ScenarioTables } from '../../network/write-scenario.js';
import { closePlant } from './closures.js';
import { commitmentRows } from './commitments.js';
import { demandNames, listDemand } from './demand.js';
import { ExpectedLoad } from './expected-load.js';
import type { Facts } from './facts.js';
import { buildNetwork, type ExpressNetwork } from './network.js';
import type { SeasonOptions } from './options.js';
import { ownersOf } from './owners.js';
import { buildPlant, type Plant } from './plant.js';
import { type Rating, ratePlant } from './rating.js';
import { readyShape, totalParcels } from './ready.js';
import { listRoutes, routeRows, stepRows } from './routes.js';
import { seasonServices } from './services.js';
import { StepMaker } from './steps.js';

/** A generated season: a scenario made when asked for. The model is docs/maths/season.md. */
export interface Season {
  readonly meta: ScenarioMeta;
  /** Streams of the tables from their beginning: memory does not grow with demand. */
  readonly tables: () => ScenarioTables;
  readonly network: ExpressNetwork;
  readonly plant: Plant;
  readonly rating: Rating;
}

/** What a parcel left for the next plan costs beyond its holding, in hours: modelled. */
const CARRY_PENALTY_HOURS = 24;

export function generateSeason(options: SeasonOptions, facts: Facts): Season {
  const network = buildNetwork(options, facts);
  const plant = buildPlant(options, network);
  const maker = new StepMaker(network, plant, options);
  const loads = new ExpectedLoad(network, plant, maker);
  const shape = readyShape(options, loads.reach);
  const rating = ratePlant(options, plant, loads, shape);
  const meta = metaOf(options, network);
  const services = meta.services.map(({ id }) => id);
  const names = demandNames(network, services);
  const routes = listRoutes(network);
  const total = totalParcels(options);
  const tables = (): ScenarioTables => ({
    resources: [resourceRows(plant, rating, options.stations)],
    routes: routeRows(network, routes, names, options.slotMinutes),
    routeSteps: stepRows(network, plant, maker, routes),
    demand: listDemand(network, shape, total, options.seed, names),
    ...(options.closures.length > 0 && { capacity: [overrideRows(options, plant, rating)] }),
    ...(options.committed && { committed: [commitmentRows(plant, rating, loads, shape)] }),
  });
  return { meta, tables, network, plant, rating };
}

function metaOf(options: SeasonOptions, network: ExpressNetwork): ScenarioMeta {
  const { start, slotMinutes, slots, calendar, closures, ...rest } = options;
  const size = `${network.cities.length} cities, ${network.operators.length} operators`;
  return {
    name: `generated season: ${size}, ${calendar.name}`,
    start,
    slotMinutes,
    slots,
    carryPenalty: (CARRY_PENALTY_HOURS * 60) / slotMinutes,
    services: seasonServices(slotMinutes),
    generated: {
      by: 'cuofeng scenario generate',
      note: 'Modelled, not measured: see docs/maths/season.md for what is sourced, recalled and modelled.',
      ...rest,
      calendar: calendar.name,
      closures,
    },
  };
}

function resourceRows(plant: Plant, rating: Rating, stations: boolean): ColumnBatch {
  const { resources } = plant;
  const owners = ownersOf(plant, rating, stations);
  const index = Int32Array.from(resources, (_, i) => i);
  const numbers = (of: (i: number) => number): Float64Array => Float64Array.from(index, of);
  return {
    rows: resources.length,
    columns: {
      id: { names: plant.ids, index },
      kind: resources.map(({ kind }) => kind),
      operator: owners,
      region: resources.map(({ city }) => city.code),
      lat: numbers((i) => resources[i].city.lat),
      lng: numbers((i) => resources[i].city.lng),
      capacity: Int32Array.from(rating.capacity),
      floor: rating.floor,
    },
  };
}

function overrideRows(options: SeasonOptions, plant: Plant, rating: Rating): ColumnBatch {
  const { closures, slotMinutes, start } = options;
  const clock = /T(\d\d):(\d\d)/.exec(start);
  const startHour = clock ? Number(clock[1]) + Number(clock[2]) / 60 : 0;
  const rows = closePlant(closures, plant, rating.capacity, slotMinutes, startHour);
  const resource = { names: plant.ids, index: rows.resource };
  return {
    rows: rows.slot.length,
    columns: { resource, slot: rows.slot, capacity: rows.capacity },
  };
}
