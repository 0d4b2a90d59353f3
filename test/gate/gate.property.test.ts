import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Gate } from '../../src/gate/gate.js';
import { GateState } from '../../src/gate/gate-state.js';
import { replay } from '../../src/gate/replay.js';
import { stateHash } from '../../src/gate/state-hash.js';
import { arbitraryDrill, runDrill } from '../support/gate-drill.js';
import { reached } from '../support/gate-reach.js';

/** What the drills must come to, or they prove nothing of it. */
const REACH = [
  'plan',
  'capacity',
  'shares lapsed',
  'drawn',
  'on free capacity',
  'several tickets',
  'cancelled',
  'confirmed',
  'picked up',
  'lapsed',
  'compressed',
  'moved out of overhang',
  'ticketed: binds',
  'ticketed: share',
  'ticketed: hoarding',
  'ticketed: noSlot',
  'refused: noSlot',
  'refused: hoarding',
  'refused: beyondHorizon',
  'refused: noRoute',
];

test('G1 to G9, G11: the gate does what plain lists and sums do, its books are right after every step, and its journal replays to the same state', () => {
  const count = new Map<string, number>();
  fc.assert(
    fc.property(arbitraryDrill, (drill) => {
      const { desk, plans } = runDrill({ Gate, GateState, replay }, drill);
      const journal = Int32Array.from(desk.journal);
      for (const what of reached(journal)) count.set(what, (count.get(what) ?? 0) + 1);
      const { state } = desk.gate;
      const again = new GateState(state.network, state.policy);
      replay(again, journal, (version) => plans.get(version));
      expect(stateHash(again)).toBe(stateHash(state));
    }),
    { numRuns: 600 },
  );
  expect(REACH.filter((what) => !count.has(what))).toEqual([]);
});
