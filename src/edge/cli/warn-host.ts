import type { TrackService } from '../track/track-service.js';
import { openWarnings } from '../warn/open-warnings.js';
import { type Hosted, type Hosting, onError } from './hosting.js';

/**
 * Warnings of a season, of what tracking sees: this process assesses unless another does.
 *
 * @param scale parcels that each tracked one stands for.
 */
export function hostWarnings(
  { store: { database }, season }: Hosting,
  service: TrackService,
  scale = 1,
): Hosted {
  const { desks: warnings, watch } = openWarnings({ database, season, service, scale, onError });
  watch.start();
  return { served: { warnings }, close: () => watch.stop() };
}
