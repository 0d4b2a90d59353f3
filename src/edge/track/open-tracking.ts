import { randomBytes } from 'node:crypto';
import type { PostgresDatabase } from '../postgres/connect.js';
import { LeaseTable } from '../postgres/lease-table.js';
import { LogSeat } from './log-seat.js';
import { SeasonTracking } from './season-tracking.js';
import type { TrackSeason } from './track-season.js';
import { SourceNumbers } from './track-store.js';

/** Milliseconds of a lease: shorter, and a pause of a busy machine loses logs; longer, and they stand still. */
const LEASE_MS = 6_000;
const ROUNDS = 4;

export interface OpenTracking {
  readonly service: SeasonTracking;
  /** Seats of the logs, by number. */
  readonly seats: readonly LogSeat[];
  /** Gives the logs up, for others to have at once. */
  close(): Promise<void>;
}

export interface TrackingOptions {
  readonly database: PostgresDatabase;
  readonly season: TrackSeason;
  /** Histories and snapshots of all seasons go there; they may be lost. */
  readonly folder: string;
  readonly onError: (error: unknown) => void;
  readonly leaseMs?: number;
}

/**
 * Opens tracking in this process: it owns the logs that nobody else has, and takes over those that others give up. Resolves
 * when those that are its own at first have been read.
 */
export async function openTracking(options: TrackingOptions): Promise<OpenTracking> {
  const { database, season, leaseMs = LEASE_MS } = options;
  const { ledger } = database;
  const name = `track-${randomBytes(6).toString('hex')}`;
  const seats = Array.from(
    { length: season.logs },
    (_, number) => new LogSeat({ ...options, ledger, name, number }),
  );
  const leases = new LeaseTable(ledger, season.id, 'track_log', 'log');
  const round = async (): Promise<void> => {
    for (const seat of seats) {
      if (await leases.claim(seat.number, name, null, leaseMs)) seat.keep();
      else if (seat.isOurs) await seat.close();
    }
  };
  await round();
  const over = new AbortController();
  const going = keepGoing(round, leaseMs / ROUNDS, over.signal, options);
  try {
    await Promise.all(seats.map(({ opened }) => opened));
  } catch (error) {
    over.abort();
    await going;
    throw error;
  }
  return {
    service: new SeasonTracking(season, seats, new SourceNumbers(ledger, season.id)),
    seats,
    close: async () => {
      over.abort();
      await going;
      for (const seat of seats.filter(({ isOurs }) => isOurs)) {
        await seat.close();
        await leases.release(seat.number, name);
      }
    },
  };
}

async function keepGoing(
  round: () => Promise<void>,
  ms: number,
  over: AbortSignal,
  { season, onError }: TrackingOptions,
): Promise<void> {
  while (!over.aborted) {
    await season.timing.sleep(ms);
    if (!over.aborted) await round().catch(onError);
  }
}
