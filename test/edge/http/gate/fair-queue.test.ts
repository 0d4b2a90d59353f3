import { expect, test } from 'vitest';
import { Busy } from '../../../../src/edge/gate/gate-service.js';
import { FairQueue } from '../../../../src/edge/http/gate/fair-queue.js';

/** A queue whose work ends when the test says so; in the order in which it was begun. */
function heldQueue(underWayMost: number, waitingMost: number, quantum: number) {
  const queue = new FairQueue({ underWayMost, waitingMost, quantum });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (organisation: string, cost: number) =>
    queue.run(organisation, cost, async () => {
      begun.push(organisation);
      await new Promise<void>((end) => ends.push(end));
    });
  /** Ends the oldest work under way. */
  const end = async () => {
    ends.shift()?.();
    await new Promise(setImmediate);
  };
  return { queue, begun, ask, end };
}

test("a flood by one organisation delays another's work by one turn of it, however much it has waiting", async () => {
  const { begun, ask, end } = heldQueue(1, 10_000, 100);
  const flood = Array.from({ length: 1000 }, () => ask('flood', 10));
  await new Promise(setImmediate);
  const calm = ask('calm', 10);
  for (let ended = 0; !begun.includes('calm'); ended++) {
    expect(ended).toBeLessThanOrEqual(11);
    await end();
  }
  while (begun.length < 1001) await end();
  await end();
  await Promise.all([...flood, calm]);
  expect(begun.filter((each) => each === 'calm')).toHaveLength(1);
});

test('organisations that all have work waiting get the same share of it, whatever its pieces cost', async () => {
  const { begun, ask, end } = heldQueue(1, 1_000_000, 10);
  const asked = [
    ...Array.from({ length: 300 }, () => ask('small', 1)),
    ...Array.from({ length: 30 }, () => ask('large', 10)),
    ...Array.from({ length: 3 }, () => ask('huge', 100)),
  ];
  await new Promise(setImmediate);
  while (begun.filter((each) => each === 'huge').length < 2) await end();
  expect(begun.filter((each) => each === 'small').length).toBeGreaterThan(150);
  expect(begun.filter((each) => each === 'large').length).toBeGreaterThan(15);
  while (begun.length < asked.length) await end();
  await end();
  await Promise.all(asked);
});

test('P10: only the organisation with too much waiting is refused', async () => {
  const { queue, ask, end, begun } = heldQueue(1, 100, 10);
  const taken = [ask('flood', 10), ...Array.from({ length: 10 }, () => ask('flood', 10))];
  await expect(ask('flood', 10)).rejects.toBeInstanceOf(Busy);
  const calm = ask('calm', 10);
  expect(queue.waiting).toBe(110);
  while (begun.length < 12) await end();
  await end();
  await Promise.all([...taken, calm]);
  expect([queue.waiting, queue.underWay]).toEqual([0, 0]);
});

test('work that fails gives its place up', async () => {
  const { queue, ask, end } = heldQueue(1, 100, 10);
  await expect(queue.run('a', 5, async () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  const next = ask('a', 5);
  await new Promise(setImmediate);
  await end();
  await next;
});
