/**
 * Hours of the stages of a parcel's way (docs/maths/season.md#stages). The constants are modelled,
 * and set so that over the nation's inter-city parcels on their normal routes the mean stage hours
 * are those that the State Post Bureau measured in the second quarter of 2023 (data/service-time.csv):
 * origin processing 7.83, transport 33.61, destination processing 9.60, delivery 2.95.
 */
export const STAGE = {
  /** Pickup to the gate of the origin hub, without the road. */
  collect: 2.75,
  /** Hub gate to departure of the line-haul: unloading, sorting, loading. */
  sort: 4,
  /** Waiting for a line-haul's departure and at the far gate. */
  lineHaulWait: 6.3,
  /** A transfer between two hubs of one site. */
  shuttle: 1,
  /** Destination hub's gate to the courier's round, without the road: sorting, outlet, waiting. */
  deliverAfter: 7.5,
  /** The courier's round. */
  deliver: 2.95,
} as const;

/** km/h of feeder trucks between outlets and hub. */
const FEEDER_SPEED = 45;
/** km/h of line-haul trucks, with changes of driver and stops. */
const LINE_HAUL_SPEED = 58;

export function feederHours(km: number): number {
  return km / FEEDER_SPEED;
}

export function lineHaulHours(km: number): number {
  return km === 0 ? STAGE.shuttle : STAGE.lineHaulWait + km / LINE_HAUL_SPEED;
}
