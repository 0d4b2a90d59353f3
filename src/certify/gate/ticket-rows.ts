const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;
const WORDS = 3;

/** Rows of tickets and refusals as the journal made them: 12 bytes each. */
export class TicketRows {
  size = 0;
  readonly #chunks: Int32Array[] = [];

  add(
    pair: number,
    slot: number,
    ready: number,
    way: number,
    parcels: number,
    state: number,
  ): void {
    const row = this.size++;
    if ((row & (CHUNK - 1)) === 0) this.#chunks.push(new Int32Array(WORDS * CHUNK));
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = WORDS * (row & (CHUNK - 1));
    chunk[at] = pair;
    chunk[at + 1] = slot | (ready << 16);
    chunk[at + 2] = parcels | (way << 16) | (state << 24);
  }

  pair(row: number): number {
    return this.#word(row, 0);
  }

  slot(row: number): number {
    return this.#word(row, 1) & 0xffff;
  }

  ready(row: number): number {
    return this.#word(row, 1) >>> 16;
  }

  parcels(row: number): number {
    return this.#word(row, 2) & 0xffff;
  }

  way(row: number): number {
    return (this.#word(row, 2) >>> 16) & 0xff;
  }

  state(row: number): number {
    return this.#word(row, 2) >>> 24;
  }

  setState(row: number, state: number): void {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = WORDS * (row & (CHUNK - 1)) + 2;
    chunk[at] = (chunk[at] & 0xffffff) | (state << 24);
  }

  move(row: number, slot: number, way: number): void {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const at = WORDS * (row & (CHUNK - 1));
    chunk[at + 1] = slot | (chunk[at + 1] & ~0xffff);
    chunk[at + 2] = (way << 16) | (chunk[at + 2] & ~0xff0000);
  }

  #word(row: number, word: number): number {
    return this.#chunks[row >>> CHUNK_BITS][WORDS * (row & (CHUNK - 1)) + word];
  }
}
