import type { GateService } from '../../gate/gate-service.js';
import type { CountedBoard } from '../../situation/counted-board.js';
import type { SituationNow } from '../../situation/judge-situation.js';
import type { Planned } from '../../situation/planned-board.js';
import type { SeenPlaces, SeenPlacesOf } from '../../situation/seen-places.js';
import type { Sights } from '../../track/sight.js';
import type { TrackService } from '../../track/track-service.js';
import type { WarnDesks } from '../../warn/warn-desks.js';
import type { PictureBoard } from '../track/picture-board.js';

/** What the situation is made of, beside what is tracked; what is left out is answered null. */
export interface SituationDesks {
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
  readonly planned?: { planned(): Promise<Planned | undefined> };
  /** Capacities of a resource by declarations in force, by slot. */
  readonly declared?: (resource: string) => Promise<ReadonlyMap<number, number>>;
  /** The gate, if it is there. */
  readonly loads?: Pick<GateService, 'loads'>;
}

/** What the situation's routes share. */
export interface SituationContext extends SituationDesks {
  readonly service: TrackService;
  readonly board: PictureBoard;
  readonly sights: Sights;
  readonly counted: CountedBoard;
  readonly seenPlaces: SeenPlacesOf;
  readonly warnings?: Pick<WarnDesks, 'reader' | 'sights' | 'timing'>;
}

/** What is known at one moment. */
export async function situationNow(context: SituationContext): Promise<SituationNow> {
  const { service, board, counted, planned, scale } = context;
  const known = await Promise.all([board.picture(), counted.counted(), planned?.planned()]);
  return { season: service.season, picture: known[0], counted: known[1], planned: known[2], scale };
}

/** Slots that can be asked for: counted ones that have anything of what is seen, and those of the plan. */
export interface KnownSlots {
  readonly from: number;
  /** Under way: counted before, planned from it on. */
  readonly now: number;
  readonly until: number;
}

export function knownSlots(
  { season, picture, planned }: SituationNow,
  begun: number | undefined,
): KnownSlots {
  const start = Date.parse(season.scenario.start);
  const now = Math.floor((picture.at - start) / season.network.slotMs);
  const until = planned ? planned.flow.from + planned.flow.slots : now + 1;
  return { from: Math.min(now, begun ?? now), now, until: Math.max(now + 1, until) };
}

export type { SeenPlaces };
