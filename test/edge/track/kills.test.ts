import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { TRACK_KINDS, trackKillCampaign } from '../../support/kills/track-campaign.js';
import { withFolder } from '../../support/scenario-folder.js';

const KILLS = Number(process.env.TRACK_KILLS ?? 12);

test(`P7: after ${KILLS} kills of tracking's processes and of the database all that was acknowledged is counted, once`, async () => {
  await withFolder(async (folder) => {
    await chmod(folder, 0o711);
    const { byKind, load, faults, crashes, epochs } = await trackKillCampaign(folder, KILLS, 1);
    expect({ unanswered: load.unanswered, failures: load.failures }).toEqual({
      unanswered: 0,
      failures: [],
    });
    expect(crashes).toEqual([]);
    expect(faults.first).toEqual([]);
    // The test would see something: all kinds of kills, calls that broke, owners that followed one another.
    expect([...byKind.keys()].toSorted()).toEqual([...TRACK_KINDS].toSorted());
    expect(load.counts.broken).toBeGreaterThan(0);
    expect(load.told.duplicate).toBeGreaterThan(0);
    expect(epochs).toBeGreaterThan(KILLS / 4);
  });
}, 1_200_000);
