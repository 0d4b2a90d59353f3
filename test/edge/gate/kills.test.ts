import { chmod } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { KINDS, killCampaign } from '../../support/kills/campaign.js';
import { withFolder } from '../../support/scenario-folder.js';

/** A slow machine is no fault: each wait of the campaign has a limit of its own, and says what it waited for. */
const LIMIT_MS = 1_200_000;

test(
  'P1 to P4: after 100 kills of gates and of the database the books are exact, what was told is in them, and all was answered',
  async () => {
    await withFolder(async (folder) => {
      await chmod(folder, 0o711);
      const report = await killCampaign({ kills: 100, seed: 1, folder, say: () => undefined });
      const { byKind, load, books, found } = report;
      expect(books.faults.first).toEqual([]);
      expect(load.failures).toEqual([]);
      expect(report.crashes).toEqual([]);
      const { told, unanswered, requests } = load;
      expect({ unanswered, errors: told.errors, contradictions: told.contradictions }).toEqual({
        unanswered: 0,
        errors: 0,
        contradictions: 0,
      });
      // Nothing was given up, so every request has its decision, and no other one is there.
      expect(found).toBe(requests);
      // The test would see something: all kinds of kills, tickets and refusals, answers given again.
      expect([...byKind.keys()].toSorted()).toEqual([...KINDS].toSorted());
      const { ticketed, refused, repeated } = told;
      const seen = { ticketed, refused, repeated, broken: load.counts.broken };
      for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(0);
    });
  },
  LIMIT_MS,
);
