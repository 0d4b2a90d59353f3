import { useEffect, useState } from 'react';
import type { Seen } from '../api/live-stream.ts';

/** The season's clock now, as the server's picture and the time since say; seen again every second. */
export function useSeasonNow(seen: Seen | undefined): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!seen) return Number.NaN;
  return Date.parse(seen.at) + seen.ageMs + (performance.now() - seen.heardAt);
}
