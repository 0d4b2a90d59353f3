import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { expect, onTestFinished, test } from 'vitest';
import { connectNats, Link } from '../../../src/edge/nats/connect.js';
import { natsNames } from '../../../src/edge/nats/names.js';
import { cut } from '../../../src/edge/nats/remote-log.js';
import { ScanMessages } from '../../../src/edge/nats/scan-messages.js';
import { ScanPublisher } from '../../../src/edge/nats/scan-publisher.js';
import { openScanStream } from '../../../src/edge/nats/scan-stream.js';
import { encodeBatch } from '../../../src/track/batch-codec.js';
import { APPLIED, outcomesFor, type ScanBatch } from '../../../src/track/scans.js';
import { Held } from '../../../src/units/held.js';
import { describeNats, natsTitle, useCluster } from '../../support/nats.js';
import { scansOf } from '../../support/track-world.js';

/** A log that remembers which messages it has. */
class MemoryLog {
  readonly messages: number[] = [];
  readonly batches: ScanBatch[] = [];
  asked = 0;
  /** Stands for a process that dies with a message in hand. */
  isDead = false;

  async take(batch: ScanBatch, message: number, isNew: boolean) {
    this.asked += 1;
    if (this.isDead) return new Promise<undefined>(() => undefined);
    if (!isNew && this.messages.includes(message)) return undefined;
    if (this.messages.includes(message)) throw new Error(`message ${message} twice`);
    this.messages.push(message);
    this.batches.push(batch);
    const outcomes = outcomesFor(batch.count);
    outcomes.status.fill(APPLIED);
    return outcomes;
  }
}

function scansFor(n: number): ScanBatch {
  const seen = Array.from({ length: n }, (_, parcel) => ({ parcel, at: 1 }));
  return scansOf(0, 12, seen);
}

describeNats(natsTitle('messages of scans'), () => {
  const cluster = useCluster();

  async function open(season: string) {
    const nats = await connectNats(cluster().urls, 'test');
    onTestFinished(() => nats.close());
    const names = natsNames(season);
    const manager = await jetstreamManager(nats);
    const stream = (lastMessage: number) =>
      openScanStream(manager, names.stream(0), names.subject(0), lastMessage);
    const work = async (log: MemoryLog, by = nats) => {
      const last = Math.max(0, ...log.messages);
      const from = await stream(last);
      const messages = await ScanMessages.start(by, from, log, last, () => undefined);
      onTestFinished(() => messages.stop());
      return messages;
    };
    const publisher = new ScanPublisher(new Link(nats), names);
    return { nats, names, manager, stream, work, publisher };
  }

  test('T6: a batch is answered when its log has it, with what became of each scan', async () => {
    const { publisher, work } = await open('answered');
    const log = new MemoryLog();
    await work(log);
    const taken = await Promise.all([3, 1, 2].map((n) => publisher.take(0, scansFor(n))));
    expect(taken.map(({ status }) => [...status])).toEqual([[1, 1, 1], [1], [1, 1]]);
    expect(log.messages.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  test('P7: what was in hand when its owner died comes again, and what the log has is not taken twice', async () => {
    const { publisher, work, stream } = await open('again');
    const dying = new MemoryLog();
    const log = new MemoryLog();
    const first = await work(log);
    await publisher.take(0, scansFor(2));
    await first.stop();
    dying.isDead = true;
    const own = await connectNats(cluster().urls, 'dying');
    await work(dying, own);
    const held = publisher.take(0, scansFor(5));
    await expect.poll(() => dying.asked).toBe(1);
    await own.close();
    // The next owner, whose log has message 2 already: the answer is unsure.
    log.messages.push((await stream(0)).first + 2);
    await work(log);
    await expect(held).rejects.toThrow(Held);
    expect(log.batches).toHaveLength(1);
  });

  test('a stream that was lost counts on behind the messages that the log has', async () => {
    const { publisher, work, manager, names } = await open('lost');
    const log = new MemoryLog();
    const before = await work(log);
    await publisher.take(0, scansFor(1));
    await before.stop();
    await manager.streams.delete(names.stream(0));
    await work(log);
    await publisher.take(0, scansFor(1));
    expect(log.messages).toEqual([1, 2 ** 32 + 1]);
  });

  test('P9: what is no batch, or asks for no answer, leaves the next ones alone', async () => {
    const { publisher, work, nats, names } = await open('spoiled');
    const log = new MemoryLog();
    await work(log);
    const stream = jetstream(nats);
    await stream.publish(names.subject(0), 'no batch');
    await stream.publish(names.subject(0), encodeBatch(scansFor(3)));
    expect((await publisher.take(0, scansFor(1))).status).toHaveLength(1);
    await expect.poll(() => log.messages.toSorted((a, b) => a - b)).toEqual([2, 3]);
  });

  test('P10: without an owner a batch is held, and so is what comes after, at once', async () => {
    const { publisher, stream } = await open('nobody');
    await stream(0);
    await expect(publisher.call(0, 'picture', [])).rejects.toThrow('nobody has the log');
    await expect(publisher.take(0, scansFor(1))).rejects.toThrow('nobody has the log');
  });
});

test('a batch is cut into parts that fit into a message, and none is left out', () => {
  const seen = Array.from({ length: 100 }, (_, parcel) => ({ parcel, attributes: '{"a":1}' }));
  const whole = scansOf(0, 1, seen);
  const pieces = cut(whole, 2000);
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.flatMap(({ line }) => [...line])).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(cut(whole)).toEqual([whole]);
});
