/**
 * Takes chunks of the job in `control` until none is left. Which thread takes a chunk does not
 * matter: each chunk has accumulators of its own, and they are added up in a fixed order.
 * Words of `control`: 0 job number, 1 chunks not taken yet, 2 chunks done, 3 mode, 4 chunks, 5 quit,
 * 6 context, 7 which of the kernel's jobs, 8 + h the scratch address of hand h.
 *
 * The caller writes word 1 last. A chunk is taken by lowering it, and only then are the other words
 * read: a job cannot end while a taken chunk is open, so they are those of the chunk's own job, also
 * for a hand that was asleep while jobs came and went.
 *
 * @param {WebAssembly.Exports} exports
 * @param {Int32Array} control
 * @param {number} hand which thread this is; the caller of the crew is hand 0
 */
export function takeChunks(exports, control, hand) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kernel's exports carry no types
  const jobs = /** @type {Record<string, (...words: number[]) => void>} */ (exports);
  const { evaluate, roundRecords, settle } = jobs;
  for (;;) {
    const untaken = Atomics.load(control, 1);
    if (untaken <= 0) return;
    if (Atomics.compareExchange(control, 1, untaken, untaken - 1) !== untaken) continue;
    const chunk = Atomics.load(control, 4) - untaken;
    const context = Atomics.load(control, 6);
    const scratch = Atomics.load(control, 8 + hand);
    const job = Atomics.load(control, 7);
    if (job === 0) evaluate(context, chunk, scratch, Atomics.load(control, 3));
    else if (job === 1) roundRecords(context, chunk, scratch);
    else settle(context, chunk, scratch, Atomics.load(control, 3));
    if (Atomics.add(control, 2, 1) + 1 === Atomics.load(control, 4)) Atomics.notify(control, 2);
  }
}
