import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seen } from '../api/live-stream.ts';

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
  ['seconds', 1000],
] as const;

/** How long ago something was, in the one unit that says it. */
export function Age({ ms }: { ms: number }) {
  const { t } = useTranslation('live');
  const [unit, size] = UNITS.find(([, each]) => ms >= each) ?? UNITS[UNITS.length - 1];
  return <>{t(`age.${unit}`, { n: Math.max(0, Math.floor(ms / size)) })}</>;
}

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
