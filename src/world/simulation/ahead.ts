import { type Flow, ON_FLOOR } from './flow.js';

/** Told of a resource that parcels will load, from `u` slots after now on, for `span` slots. */
type OnLoad = (resource: number, u: number, span: number, parcels: number) => void;

/** Every resource that parcels in the network will still load, if nothing delays them from slot t on. */
export function eachAhead(flow: Flow, t: number, onLoad: OnLoad): void {
  const { batches, loads } = flow;
  const { legs, legStart, legList } = flow.ways;
  /** A list of batches that are, or will be, at the end of their leg u slots from now. */
  const batchesAt = (head: number, u: number): void => {
    for (let b = head; b >= 0; b = batches.next[b]) {
      const n = batches.parcels[b];
      const last = legStart[batches.route[b] + 1];
      let i = legStart[batches.route[b]] + batches.stage[b];
      let at = u;
      if (legs.to[legList[i]] >= 0) onLoad(legs.to[legList[i]], at, legs.span[legList[i]], n);
      for (i += 1; i < last; i++) {
        const leg = legList[i];
        for (let k = legs.laneStart[leg]; k < legs.laneStart[leg + 1]; k++) {
          onLoad(legs.lane[k], at + legs.laneTime[k], legs.laneSpan[k], n);
        }
        at += legs.time[leg];
        if (legs.to[leg] >= 0) onLoad(legs.to[leg], at, legs.span[leg], n);
      }
    }
  };
  /** A load whose next event is u slots from now. */
  const loadAt = (load: number, u: number): void => {
    const leg = loads.leg[load];
    const onFloor = loads.lanes[load] === ON_FLOOR;
    const next = legs.laneStart[leg] + Math.max(0, loads.lanes[load]);
    const onLane = next < legs.laneStart[leg + 1];
    // Slots since it left its place, at that event, by the timetable.
    let elapsed = flow.arrivalTime(leg);
    if (onFloor) elapsed = flow.floorTime(leg);
    else if (onLane) elapsed = legs.laneTime[next];
    for (let k = next; k < legs.laneStart[leg + 1]; k++) {
      const at = u + legs.laneTime[k] - elapsed;
      onLoad(legs.lane[k], at, legs.laneSpan[k], loads.parcels[load]);
    }
    batchesAt(loads.head[load], u + legs.time[leg] - elapsed);
  };
  const loadsAt = (head: number, u: number): void => {
    for (let load = head; load >= 0; load = loads.next[load]) loadAt(load, u);
  };
  for (let r = 0; r < flow.queued.length; r++) {
    batchesAt(flow.queue.head[r], 0);
    if (flow.hubOf[r] < 0) loadsAt(flow.outside.head[r], 0);
    else for (let i = flow.outside.head[r]; i >= 0; i = loads.next[i]) batchesAt(loads.head[i], 0);
    loadsAt(flow.starved.head[r], 0);
  }
  for (let u = 0; u < flow.ring; u++) loadsAt(flow.road.head[(t + u) % flow.ring], u);
}
