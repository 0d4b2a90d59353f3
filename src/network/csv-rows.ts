const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

/** Takes the cells of a row as they are found. */
export interface RowTaker {
  /** Cell c of the row is bytes[from, until). */
  cell(c: number, bytes: Uint8Array, from: number, until: number): void;
  /** The row that began in `line` has so many cells; false when there is no room for another. */
  row(cells: number, line: number): boolean;
  /** The row that began in `line` breaks RFC 4180 and is passed over. */
  broken(rule: 'stray-quote' | 'stray-carriage-return', line: number): void;
}

/**
 * Cuts bytes into rows and cells by RFC 4180: cells in quotes may hold commas, line breaks and doubled
 * quotes; lines end in CRLF or LF; empty lines are passed over.
 */
export class CsvRows {
  /** Line on which the next row begins, the first of the file being 1. */
  line = 1;
  /** Set when the bytes ended inside quotes. */
  isOpen = false;
  #from = 0;
  #until = 0;
  #text: Uint8Array = new Uint8Array(256);
  #isPlain = true;
  #linesInside = 0;
  #isFull = false;

  constructor(private readonly taker: RowTaker) {}

  /**
   * Takes rows from bytes[at, until) until they end, the taker has no room, or a row lies open at
   * the end; returns the position of the first row not taken. bytes[until − 1] ends a line, and
   * bytes[until] exists.
   */
  take(bytes: Uint8Array, at: number, until: number): number {
    this.isOpen = false;
    this.#isFull = false;
    while (at < until) {
      if (
        bytes[at] === LINE_FEED ||
        (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED)
      ) {
        at += bytes[at] === LINE_FEED ? 1 : 2;
        this.line += 1;
        continue;
      }
      const next = this.#takeRow(bytes, at, until);
      if (next < 0) {
        this.isOpen = true;
        return at;
      }
      at = next;
      if (this.#isFull) break;
    }
    return at;
  }

  /** Takes the row at `at`; returns the start of the next, or −1 if the row does not end before `until`. */
  #takeRow(bytes: Uint8Array, at: number, until: number): number {
    let lines = 1;
    for (let c = 0; ; c++) {
      let end = at;
      if (bytes[at] === QUOTE) {
        end = this.#unquote(bytes, at, until);
        if (end < 0) return -1;
        lines += this.#linesInside;
        this.taker.cell(c, this.#isPlain ? bytes : this.#text, this.#from, this.#until);
      } else {
        while (bytes[end] > COMMA || !isEnd(bytes[end])) end += 1; // most bytes are above the comma
        this.taker.cell(c, bytes, at, end);
      }
      const byte = bytes[end];
      at = end + 1;
      if (byte === COMMA) continue;
      const isCrLf = byte === CARRIAGE_RETURN && bytes[at] === LINE_FEED;
      if (byte === LINE_FEED || isCrLf) {
        this.#isFull = !this.taker.row(c + 1, this.line);
        this.line += lines;
        return isCrLf ? at + 1 : at;
      }
      this.taker.broken(
        byte === CARRIAGE_RETURN ? 'stray-carriage-return' : 'stray-quote',
        this.line,
      );
      this.line += lines;
      return bytes.indexOf(LINE_FEED, end) + 1;
    }
  }

  /** Finds the end of the quoted cell at `at` and its content; returns the position behind it, or −1. */
  #unquote(bytes: Uint8Array, at: number, until: number): number {
    this.#linesInside = 0;
    this.#isPlain = true;
    this.#from = at + 1;
    let length = 0;
    for (let i = at + 1; i < until; i++) {
      let byte = bytes[i];
      if (byte === QUOTE) {
        if (bytes[i + 1] !== QUOTE || i + 1 >= until) {
          this.#until = this.#isPlain ? i : length;
          if (!this.#isPlain) this.#from = 0;
          return i + 1;
        }
        if (this.#isPlain) {
          this.#isPlain = false;
          length = i - at - 1;
          this.#text = grown(this.#text, length);
          this.#text.set(bytes.subarray(at + 1, i));
        }
        byte = bytes[++i];
      }
      if (byte === LINE_FEED) this.#linesInside += 1;
      if (!this.#isPlain) {
        if (length === this.#text.length) this.#text = grown(this.#text, length * 2);
        this.#text[length++] = byte;
      }
    }
    return -1;
  }
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === QUOTE;
}

function grown(old: Uint8Array, length: number): Uint8Array {
  if (length < old.length) return old;
  const larger = new Uint8Array(Math.max(length + 1, old.length * 2));
  larger.set(old);
  return larger;
}
