import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CANCELLED, CONFIRMED, ISSUED, LAPSED, Tickets } from '../../src/gate/tickets.js';

/** Rows over several chunks; the slot rises with the row, a few stray far. */
function manyTickets(seed: number): Tickets {
  const tickets = new Tickets();
  for (let row = 0; row < 60_000; row++) {
    const stray = (row * 7919 + seed) % 9973 === 0 ? 40 : 0;
    tickets.add(0, Math.floor(row / 3000) + stray, 0, 0, 1, ISSUED);
    if ((row + seed) % 5 !== 0) tickets.setState(row, row % 2 === 0 ? CONFIRMED : CANCELLED);
  }
  return tickets;
}

function firstRow(tickets: Tickets, from: number, is: (row: number) => boolean): number {
  let row = from;
  while (row < tickets.size && !is(row)) row += 1;
  return row;
}

test('G5, G7: the next ticket that is due, or waits, is found as by looking at each, also while they lapse and move', () => {
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.array(fc.nat(25), { minLength: 1, maxLength: 6 }),
      (seed, slots) => {
        const tickets = manyTickets(seed);
        for (const slot of slots) {
          const isDue = (row: number) => tickets.state(row) === ISSUED && tickets.slot(row) < slot;
          const isWaiting = (row: number) =>
            [ISSUED, CONFIRMED].includes(tickets.state(row)) && tickets.slot(row) > slot;
          const waiting = tickets.nextWaiting(seed, tickets.size, slot);
          expect(waiting).toBe(firstRow(tickets, seed, isWaiting));
          tickets.move(waiting, 0, 0);
          expect(tickets.skipQuiet(seed, slot)).toBeLessThanOrEqual(
            firstRow(tickets, seed, isWaiting),
          );
          for (let row = 0; row < tickets.size; row++) {
            const next = tickets.nextIssued(row, slot);
            expect(next).toBe(firstRow(tickets, row, isDue));
            if (next < tickets.size && next % 3 > 0) tickets.setState(next, LAPSED);
            row = next;
          }
          expect(tickets.nextIssued(0, slot)).toBe(firstRow(tickets, 0, isDue));
        }
      },
    ),
    { numRuns: 15 },
  );
});
