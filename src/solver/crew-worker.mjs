// One hand of the crew: waits for a job, takes chunks until none is left, waits again.
import { workerData } from 'node:worker_threads';
import { takeChunks } from './crew-loop.mjs';

/** @type {{ module: WebAssembly.Module, memory: WebAssembly.Memory, control: Int32Array, hand: number }} */
const { module, memory, control, hand } = workerData;
const { exports } = new WebAssembly.Instance(module, {
  env: { memory, abort: () => process.abort() },
});
for (let seen = 0; ; ) {
  Atomics.wait(control, 0, seen);
  seen = Atomics.load(control, 0);
  if (Atomics.load(control, 5) === 1) break;
  takeChunks(exports, control, hand);
}
