/**
 * Degrees on the globe to a plane, as maps of the whole of China are made: Albers' equal-area conic projection on the
 * sphere, true on the parallels φ₁ = 25° and φ₂ = 47°, middle meridian λ₀ = 105°.
 *
 *     n = (sin φ₁ + sin φ₂) / 2,   C = cos² φ₁ + 2 n sin φ₁,   ρ(φ) = √(C − 2 n sin φ) / n
 *     x = ρ(φ) sin(n (λ − λ₀)),    y = ρ(φ) cos(n (λ − λ₀)) − ρ(φ₀)
 *
 * x to the east and y to the south, in radians of the globe (1 ≈ 6,371 km), 0 at 105° E, φ₀ = 36° N. Areas are kept, so
 * that the size of a province does not depend on how far north it is.
 *
 * Source: J. P. Snyder, Map Projections: A Working Manual, U.S. Geological Survey Professional Paper 1395 (1987), 98–101.
 */
const RADIANS = Math.PI / 180;
const PARALLELS = [25 * RADIANS, 47 * RADIANS] as const;
const MERIDIAN = 105 * RADIANS;
const N = (Math.sin(PARALLELS[0]) + Math.sin(PARALLELS[1])) / 2;
const C = Math.cos(PARALLELS[0]) ** 2 + 2 * N * Math.sin(PARALLELS[0]);
const RHO_0 = rho(36 * RADIANS);

function rho(latitude: number): number {
  return Math.sqrt(C - 2 * N * Math.sin(latitude)) / N;
}

export function projectX(lng: number, lat: number): number {
  return rho(lat * RADIANS) * Math.sin(N * (lng * RADIANS - MERIDIAN));
}

export function projectY(lng: number, lat: number): number {
  return rho(lat * RADIANS) * Math.cos(N * (lng * RADIANS - MERIDIAN)) - RHO_0;
}

/** The place on the globe of a point of the plane: the inverse of both. */
export function unproject(x: number, y: number): { lng: number; lat: number } {
  const distance = Math.hypot(x, y + RHO_0);
  const angle = Math.atan2(x, y + RHO_0);
  return {
    lng: (angle / N + MERIDIAN) / RADIANS,
    lat: Math.asin((C - (distance * N) ** 2) / (2 * N)) / RADIANS,
  };
}
