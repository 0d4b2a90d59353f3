import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { CONSUMER } from './names.js';

/** Servers that have each message: one may be lost. */
const REPLICAS = 3;
/** Bytes of a log's stream: some minutes of a nation's scans if no worker is there. Beyond that publishing is refused, never older scans. */
const STREAM_BYTES_MOST = 512 * 2 ** 20;
/** Whoever sent what is still here after so long was told that it is unsure, and has sent it again. */
const AGE_MS_MOST = 24 * 3_600_000;
/** Bytes of a message. Larger ones would make fewer of them; smaller ones bound what a worker has in hand. */
export const MESSAGE_BYTES_MOST = 128 * 1024;
/** Repeats of one publication are dropped for so long: they are known by the log anyway, later ones too. */
const REPEAT_MS = 60_000;
/** A message that nobody acknowledged for so long, or said to be at work on, is delivered again: shorter than a lease. */
export const ACK_WAIT_MS = 5_000;
/** A message that ended its worker so often is left alone: it would end all of them. */
const DELIVERIES_MOST = 10;
/** Messages in a worker's hands, at most 64 MiB. Fewer would wait for commits; more wait here rather than there. */
export const IN_HAND_MOST = 512;

/** Numbers of messages of one stream; a stream that is made anew has the next so many. */
const GENERATION = 2 ** 32;

/** A log's stream, set up. */
export interface ScanStream {
  readonly name: string;
  /**
   * Message k of the stream is number `first` + k in the log: a stream that was lost and made anew counts from 1 again, and its
   * messages are not those that the log has.
   */
  readonly first: number;
}

/**
 * Makes the stream of a log and its consumer, if they are not there, or takes what is there.
 *
 * @param lastMessage the greatest number of a message in the log; 0 if it has none. A stream whose servers have lost its end
 * begins a new generation: of what it still has, what is in the log already is found to be repeated, scan by scan.
 * @throws Error if the cluster cannot keep it, or has one that is not ours.
 */
export async function openScanStream(
  manager: JetStreamManager,
  name: string,
  subject: string,
  lastMessage: number,
): Promise<ScanStream> {
  let info =
    (await findStream(manager, name)) ?? (await addStream(manager, name, subject, lastMessage));
  if (lastMessage > firstOf(info) + info.state.last_seq) {
    info = await manager.streams.update(name, { description: describe(lastMessage) });
  }
  await manager.consumers.add(name, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ACK_WAIT_MS),
    max_deliver: DELIVERIES_MOST,
    max_ack_pending: IN_HAND_MOST,
  });
  return { name, first: firstOf(info) };
}

async function findStream(
  manager: JetStreamManager,
  name: string,
): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (error) {
    if (codeOf(error) === JetStreamApiCodes.StreamNotFound) return undefined;
    throw error;
  }
}

/** Of two that make it at once one is refused, and reads what the other has made. */
async function addStream(
  manager: JetStreamManager,
  name: string,
  subject: string,
  lastMessage: number,
): Promise<StreamInfo> {
  try {
    return await manager.streams.add({
      name,
      subjects: [subject],
      description: describe(lastMessage),
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.New,
      num_replicas: REPLICAS,
      max_bytes: STREAM_BYTES_MOST,
      max_age: nanos(AGE_MS_MOST),
      max_msg_size: MESSAGE_BYTES_MOST + 1024,
      duplicate_window: nanos(REPEAT_MS),
    });
  } catch (error) {
    const other = await findStream(manager, name);
    if (other) return other;
    throw new Error(`NATS does not keep ${name}, three times over: ${String(error)}`, {
      cause: error,
    });
  }
}

/** Says what numbers messages have: the next generation's, if the log has any of one. */
function describe(lastMessage: number): string {
  const first = Math.ceil(lastMessage / GENERATION) * GENERATION;
  return `scans on their way to their log; message 1 is number ${first + 1} there`;
}

function firstOf({ config }: StreamInfo): number {
  const told = /message 1 is number (\d+) there$/.exec(config.description ?? '')?.[1];
  if (told === undefined) throw new Error(`stream ${config.name} is not this program's`);
  return Number(told) - 1;
}

function codeOf(error: unknown): number | undefined {
  return error instanceof JetStreamApiError ? error.code : undefined;
}

/** Takes out of the stream what all is acknowledged: it is in the log. Gives up to which message that is. */
export async function purgeTaken(manager: JetStreamManager, { name }: ScanStream): Promise<number> {
  const { ack_floor } = await manager.consumers.info(name, CONSUMER);
  if (ack_floor.stream_seq > 0)
    await manager.streams.purge(name, { seq: ack_floor.stream_seq + 1 });
  return ack_floor.stream_seq;
}
