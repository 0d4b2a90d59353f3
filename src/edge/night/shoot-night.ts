import { Worker } from 'node:worker_threads';
import type { Reel } from '../../world/film/reel.js';
import type { Night } from './night.js';

/**
 * Makes a night of the season in a folder, beside the server and without keeping it from answering: some ten seconds of one core for
 * the bundled season.
 *
 * @returns ends it where it stands.
 */
export function shootNight(
  folder: string,
  night: Night,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const worker = new Worker(new URL('./night-worker.js', import.meta.url), { workerData: folder });
  worker.on('message', (reel: Reel) => night.take(reel));
  worker.on('error', (error) => {
    night.fail();
    onError(error);
  });
  return async () => {
    await worker.terminate();
  };
}
