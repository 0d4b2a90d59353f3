/** Words of a record before its attributes. */
const HEADER = 7;
/** Records do not lie across the borders of chunks: a store may keep each by itself. */
const CHUNK_BITS = 12;
export const CHUNK_WORDS = 1 << CHUNK_BITS;
/** Attributes of a scan, serialised: a closed list is far shorter. */
export const ATTRIBUTES_MOST = 4096;

/**
 * Where the words of histories are kept: chunks that are written once, in order, and read at random. In memory or
 * in a file: it can be made again from the log of scans, so it need not be durable.
 */
export interface ChunkStore {
  write(chunk: number, words: Int32Array): void;
  /** Reads `into.length` words of a chunk from word `from` on. */
  read(chunk: number, from: number, into: Int32Array): void;
  /** The parcel is no longer in memory; its history begins at `head`. A parcel may have several. */
  forget(parcel: ParcelKey, head: number): void;
  /** The heads of a parcel that was forgotten, if it was. */
  headsOf(parcel: ParcelKey): readonly number[];
  /** How many heads were forgotten. */
  readonly forgotten: number;
  /** Drops heads forgotten after the first so many, and lets chunks be written again from `chunk` on. */
  truncate(forgotten: number, chunk: number): void;
}

/** As much of a parcel's hash as is kept: shelf 10 bits, mark 32, rest 32 and 8. */
export interface ParcelKey {
  readonly shelf: number;
  readonly mark: number;
  readonly rest: number;
  readonly restLow: number;
}

/** A scan in a history. */
export class ScanRecord {
  /** The record of the same parcel before it, or 0. */
  before = 0;
  /** Milliseconds after the network's first stamp. */
  stamp = 0;
  kind = 0;
  resource = 0;
  to = -1;
  operator = 0;
  /** Its place in the log. */
  seq = 0;
  line = 0;
  /** attributes[attributesStart] … attributes[attributesEnd − 1]. */
  attributes: Uint8Array = new Uint8Array(0);
  attributesStart = 0;
  attributesEnd = 0;
}

/**
 * The histories of parcels: every scan that was applied or superseded, or lost a conflict, linked to the one of
 * the same parcel that was received before it. What tells repeats from late scans, exactly (T1).
 */
export class History {
  readonly record = new ScanRecord();
  /** Where the next record goes; position 0 is none. */
  #end = 1;
  #tail = new Int32Array(CHUNK_WORDS);
  readonly #header = new Int32Array(HEADER);
  #bytes = new Int32Array(ATTRIBUTES_MOST >> 2);

  constructor(readonly store: ChunkStore) {}

  get end(): number {
    return this.#end;
  }

  /** Appends `record` and gives its position. */
  append(record: ScanRecord): number {
    const length = record.attributesEnd - record.attributesStart;
    const words = HEADER + ((length + 3) >> 2);
    if ((this.#end % CHUNK_WORDS) + words > CHUNK_WORDS) this.#turn();
    const at = this.#end % CHUNK_WORDS;
    const tail = this.#tail;
    tail[at] = record.before;
    tail[at + 1] =
      Math.floor(record.before * 2 ** -32) | (record.kind << 8) | (record.resource << 12);
    tail[at + 2] = record.stamp;
    tail[at + 3] = Math.floor(record.stamp * 2 ** -32) | ((record.to + 1) << 4);
    tail[at + 4] = record.operator | (record.line << 16);
    tail[at + 5] = record.seq;
    tail[at + 6] = length;
    for (let i = 0; i < length; i++) {
      tail[at + HEADER + (i >> 2)] |=
        record.attributes[record.attributesStart + i] << (8 * (i & 3));
    }
    const position = this.#end;
    this.#end += words;
    if (this.#end % CHUNK_WORDS === 0) this.#turn();
    return position;
  }

  /** Reads the record at a position into `record`; its attributes stand until the next read. */
  read(position: number): ScanRecord {
    const { record } = this;
    const header = this.#header;
    this.#words(position, header);
    record.before = (header[1] & 0xff) * 2 ** 32 + (header[0] >>> 0);
    record.kind = (header[1] >>> 8) & 0xf;
    record.resource = header[1] >>> 12;
    record.stamp = (header[3] & 0xf) * 2 ** 32 + (header[2] >>> 0);
    record.to = (header[3] >>> 4) - 1;
    record.operator = header[4] & 0xffff;
    record.line = header[4] >>> 16;
    record.seq = header[5];
    const length = header[6];
    record.attributesStart = 0;
    record.attributesEnd = length;
    if (length > 0) {
      const bytes = this.#bytes.subarray(0, (length + 3) >> 2);
      this.#words(position + HEADER, bytes);
      record.attributes = new Uint8Array(bytes.buffer, 0, length);
    }
    return record;
  }

  /** What is to be kept of it, beside the store's chunks: the end, and the words of the last chunk. */
  get tail(): Int32Array {
    return this.#tail.subarray(0, this.#end % CHUNK_WORDS);
  }

  /** Goes on from what was kept. */
  restore(end: number, tail: Int32Array, forgotten: number): void {
    this.#end = end;
    this.#tail = new Int32Array(CHUNK_WORDS);
    this.#tail.set(tail);
    this.store.truncate(forgotten, Math.floor(end / CHUNK_WORDS));
  }

  /** The last chunk is full, or as good as: the next begins. */
  #turn(): void {
    const chunk = Math.ceil(this.#end / CHUNK_WORDS) - 1;
    this.store.write(chunk, this.#tail);
    this.#end = (chunk + 1) * CHUNK_WORDS;
    this.#tail = new Int32Array(CHUNK_WORDS);
  }

  #words(position: number, into: Int32Array): void {
    const chunk = Math.floor(position / CHUNK_WORDS);
    const from = position % CHUNK_WORDS;
    if (chunk < Math.floor(this.#end / CHUNK_WORDS)) this.store.read(chunk, from, into);
    else into.set(this.#tail.subarray(from, from + into.length));
  }
}

/** Chunks in memory: for networks that fit, and for tests. */
export class MemoryChunks implements ChunkStore {
  readonly #chunks: Int32Array[] = [];
  readonly #heads: { readonly key: string; readonly head: number }[] = [];
  readonly #byParcel = new Map<string, number[]>();

  get forgotten(): number {
    return this.#heads.length;
  }

  write(chunk: number, words: Int32Array): void {
    this.#chunks[chunk] = words;
  }

  read(chunk: number, from: number, into: Int32Array): void {
    into.set(this.#chunks[chunk].subarray(from, from + into.length));
  }

  forget(parcel: ParcelKey, head: number): void {
    const key = keyText(parcel);
    this.#heads.push({ key, head });
    this.#byParcel.set(key, [...(this.#byParcel.get(key) ?? []), head]);
  }

  headsOf(parcel: ParcelKey): readonly number[] {
    return this.#byParcel.get(keyText(parcel)) ?? [];
  }

  truncate(forgotten: number, chunk: number): void {
    const kept = this.#heads.slice(0, forgotten);
    this.#heads.length = 0;
    this.#byParcel.clear();
    for (const { key, head } of kept) {
      this.#heads.push({ key, head });
      this.#byParcel.set(key, [...(this.#byParcel.get(key) ?? []), head]);
    }
    this.#chunks.length = Math.min(this.#chunks.length, chunk);
  }
}

function keyText({ shelf, mark, rest, restLow }: ParcelKey): string {
  return `${shelf}.${mark}.${rest}.${restLow}`;
}
