/** Memory that is taken piece by piece and given back all at once. Addresses are multiples of 16. */
export class Arena {
  #end = 0;

  constructor(private readonly memory: WebAssembly.Memory) {
    this.reset();
  }

  /** Gives everything back. The first bytes are left alone: no address is 0. */
  reset(): void {
    this.#end = 1024;
  }

  /** The address of `bytes` bytes, whatever they hold. */
  take(bytes: number): number {
    const at = this.#end;
    this.#end = Math.ceil((at + bytes) / 16) * 16;
    if (this.#end > mostBytes) {
      throw new RangeError('the season does not fit into the 4 GiB that the solver can address');
    }
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
    return at;
  }

  /** The address of a copy of `column`. */
  copy(column: Int32Array | Int16Array | Float32Array): number {
    const at = this.take(column.byteLength);
    const to = new Uint8Array(this.memory.buffer, at, column.byteLength);
    to.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    return at;
  }

  floats(at: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }
}

const pageBytes = 65536;
const mostBytes = pageBytes * pageBytes - pageBytes;
