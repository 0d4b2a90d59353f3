import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { takeChunks } from './crew-loop.mjs';

const kernelUrl = new URL('../../dist/kernel.wasm', import.meta.url);

/** The kernel's jobs, as crew-loop.mjs numbers them. */
export const Job = { evaluate: 0, round: 1, settle: 2 } as const;
export type Job = (typeof Job)[keyof typeof Job];

/** Threads that run the kernel over the chunks of a job; the calling thread is one of them. */
export class Crew {
  private constructor(
    readonly memory: WebAssembly.Memory,
    private readonly exports: WebAssembly.Exports,
    private readonly control: Int32Array,
    readonly threads: number,
  ) {}

  static async open(threads: number): Promise<Crew> {
    const module = await WebAssembly.compile(await readFile(kernelUrl));
    // 65,536 pages are 4 GiB, all that 32-bit addresses reach; pages are taken as they are needed.
    const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
    const instance = await WebAssembly.instantiate(module, {
      env: {
        memory,
        abort: () => {
          throw new Error('the kernel gave up');
        },
      },
    });
    const control = new Int32Array(new SharedArrayBuffer(4 * (8 + threads)));
    for (let hand = 1; hand < threads; hand++) {
      const worker = new Worker(new URL('./crew-worker.mjs', import.meta.url), {
        workerData: { module, memory, control, hand },
      });
      worker.unref();
    }
    return new Crew(memory, instance.exports, control, threads);
  }

  /**
   * Runs a job of the kernel over `chunks` chunks and returns when all are done. `scratch` gives each
   * thread's scratch address.
   */
  run(job: Job, context: number, chunks: number, mode: number, scratch: readonly number[]): void {
    const { control } = this;
    for (const [hand, address] of scratch.entries()) Atomics.store(control, 8 + hand, address);
    Atomics.store(control, 7, job);
    Atomics.store(control, 3, mode);
    Atomics.store(control, 6, context);
    Atomics.store(control, 2, 0);
    Atomics.store(control, 4, chunks);
    Atomics.store(control, 1, chunks);
    Atomics.add(control, 0, 1);
    Atomics.notify(control, 0);
    takeChunks(this.exports, control, 0);
    for (;;) {
      const done = Atomics.load(control, 2);
      if (done === chunks) return;
      Atomics.wait(control, 2, done, 50);
    }
  }

  /** Sends the other threads home. */
  close(): void {
    Atomics.store(this.control, 5, 1);
    Atomics.add(this.control, 0, 1);
    Atomics.notify(this.control, 0);
  }
}
