import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import { type ToldClock, useSeasonNow } from './season-clock.ts';

const MINUTE_MS = 60_000;

interface LeadProps {
  readonly warning: Warning;
  readonly now: ToldClock | undefined;
}

/** How long there is until the floor is expected to be passed, counted down by the season's clock. */
export function Lead({ warning: { breachAt, endedAt }, now: told }: LeadProps) {
  const { t } = useTranslation('warnings');
  const now = useSeasonNow(told);
  if (breachAt === undefined) return t('lead.none');
  if (endedAt !== undefined || Number.isNaN(now)) return null;
  const minutes = Math.floor((Date.parse(breachAt) - now) / MINUTE_MS);
  if (minutes <= 0) return <strong className="over">{t('lead.over')}</strong>;
  if (minutes < 60) return t('lead.minutes', { minutes });
  return t('lead', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
