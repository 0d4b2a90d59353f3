import type { City } from './facts.js';

const EARTH_RADIUS_KM = 6371;
/** Road over great circle: modelled, usual for intercity roads. */
const ROAD_FACTOR = 1.3;

/** Road kilometres between all cities, row by row: n × n. */
export function roadDistances(cities: readonly City[]): Float64Array {
  const n = cities.length;
  const km = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      km[i * n + j] = ROAD_FACTOR * greatCircleKm(cities[i], cities[j]);
      km[j * n + i] = km[i * n + j];
    }
  }
  return km;
}

function greatCircleKm(a: City, b: City): number {
  const rad = Math.PI / 180;
  const dLat = Math.sin(((b.lat - a.lat) * rad) / 2);
  const dLng = Math.sin(((b.lng - a.lng) * rad) / 2);
  const h = dLat * dLat + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * dLng * dLng;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
