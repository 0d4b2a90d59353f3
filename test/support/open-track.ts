import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSeason } from '../../src/edge/gate/season.js';
import type { PostgresDatabase } from '../../src/edge/postgres/connect.js';
import { type OpenTracking, openTracking } from '../../src/edge/track/open-tracking.js';
import type { TrackSeason } from '../../src/edge/track/track-season.js';
import { openTrackSeason } from '../../src/edge/track/track-store.js';
import type { Scenario } from '../../src/network/scenario.js';

export interface TestTracking extends OpenTracking {
  readonly season: TrackSeason;
  readonly folder: string;
}

interface Options {
  readonly folder?: string;
  readonly logs?: number;
  readonly leaseMs?: number;
  readonly onError?: (error: unknown) => void;
}

/** Opens tracking of a season whose clock begins now; it is closed when the test is over. */
export async function testTracking(
  database: PostgresDatabase,
  scenario: Scenario,
  options: Options = {},
): Promise<TestTracking> {
  const { folder = trackFolder(), logs = 1, leaseMs = 2000, onError = fail } = options;
  const season = await openTrackSeason(database, await openSeason(database, scenario, true), logs);
  const open = await openTracking({ database, season, folder, onError, leaseMs });
  onTestFinished(() => open.close());
  return { ...open, season, folder };
}

/** An empty folder; gone when the test is over. */
export function trackFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracking-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function fail(error: unknown): never {
  throw error;
}
