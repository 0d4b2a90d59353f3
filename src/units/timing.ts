/** Time as whoever keeps a record has it. */
export interface Timing {
  /** The season's clock (G11), milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only ever go forward, at the pace of seconds. */
  elapsed(): number;
  sleep(ms: number): Promise<void>;
}
