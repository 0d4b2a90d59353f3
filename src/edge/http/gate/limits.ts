/** What keeps one reader from taking what others need. */
export interface Limits {
  /** Bytes of a body: 10,000 requests with long names. */
  readonly bodyBytesMost: number;
  /** Bytes of a line of NDJSON. */
  readonly lineBytesMost: number;
  /** Until the whole of a body is here, or the next part of an NDJSON stream. */
  readonly bodyMs: number;
  readonly headersMs: number;
  readonly connectionsMost: number;
  /** Bytes of bodies being received or answered, of one organisation and of all. */
  readonly bytesMostPerOrganisation: number;
  readonly bytesMost: number;
  /** The same of scans. */
  readonly scanBytesMostPerOrganisation: number;
  readonly scanBytesMost: number;
  /** Bytes of scans being written at a time: some tens of thousands of scans. More only waits in memory. */
  readonly scanBytesUnderWayMost: number;
  /** Bytes of requests with the gate at a time: enough that a commit is never waited for with nothing to decide. */
  readonly bytesUnderWayMost: number;
  /** Streams of changes and of requests that an organisation has open. */
  readonly streamsMostPerOrganisation: number;
  /** A stream of changes ends after so long, and its reader comes back: so that what was revoked meanwhile counts (P12). */
  readonly streamMs: number;
  /** Until a reader of a stream takes more of it; then it is cut off. */
  readonly drainMs: number;
  /** Between comments in a stream of changes where nothing changes: proxies close what is silent for a minute. */
  readonly heartbeatMs: number;
  /** Between two pictures of the network that are shown; a change is on a screen within twice that. */
  readonly pictureMs: number;
  /** Resident memory from which nothing new is taken; from four fifths of it on, no reading. */
  readonly memoryBytesMost: number;
}

const MIB = 2 ** 20;

export const LIMITS: Limits = {
  bodyBytesMost: 8 * MIB,
  lineBytesMost: 8 * 1024,
  bodyMs: 30_000,
  headersMs: 10_000,
  connectionsMost: 10_000,
  bytesMostPerOrganisation: 64 * MIB,
  bytesMost: 512 * MIB,
  scanBytesMostPerOrganisation: 64 * MIB,
  scanBytesMost: 256 * MIB,
  scanBytesUnderWayMost: 8 * MIB,
  bytesUnderWayMost: 8 * MIB,
  streamsMostPerOrganisation: 64,
  streamMs: 15 * 60_000,
  drainMs: 10_000,
  heartbeatMs: 15_000,
  pictureMs: 700,
  memoryBytesMost: 12 * 1024 * MIB,
};
