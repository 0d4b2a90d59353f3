import { useTranslation } from 'react-i18next';
import type { TicketsSummary } from '../../../src/client/api.ts';
import { Figure } from '../frame/figure.tsx';
import { useShownSeason } from '../words/season.tsx';
import { gone, slotOf, sumBySlot, ticketed, total, useSeasonNow } from './slot-time.ts';

export interface Summed {
  readonly summary: TicketsSummary;
  /** When it was heard, by this machine's clock. */
  readonly heardAt: number;
}

/** What a dispatcher must see at once: what may still go now, what lapses if nobody confirms it, whether the pace was kept. */
export function ReleaseFigures({ summary, heardAt }: Summed) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format } = season;
  const now = useSeasonNow(summary, heardAt);
  const slot = slotOf(season, now);
  const sums = sumBySlot(season, summary.rows);
  const current = sums[slot];
  const all = total(sums);
  const over = total(sums.slice(0, Math.max(0, slot)));
  const waiting = current?.issued ?? 0;
  const drawn = ticketed(over);
  const inForce = ticketed(all);
  const parcels = t('unit.parcels');
  return (
    <dl className="figures">
      <Figure name={t('figure.now')} value={format.count(current?.share ?? 0)} unit={parcels}>
        {t('figure.now.note', {
          from: format.slotTime(slot),
          until: format.slotClock(slot + 1),
          at: format.clock(new Date(now).toISOString()),
        })}
      </Figure>
      <Figure name={t('figure.waiting')} value={format.count(waiting)} unit={parcels}>
        <span className={waiting > 0 ? 'over' : 'calm'}>
          {waiting > 0
            ? t('figure.waiting.note', { time: format.slotClock(slot + 1) })
            : t('figure.waiting.none')}
        </span>
      </Figure>
      <Figure name={t('figure.gone')} value={format.count(gone(all))} unit={parcels}>
        {t('figure.gone.note')}
      </Figure>
      <Figure
        name={t('figure.kept')}
        value={drawn > 0 ? format.percent(gone(over) / drawn, 1) : '—'}
        unit=""
      >
        {t(drawn > 0 ? 'figure.kept.note' : 'figure.kept.none')}
      </Figure>
      <Figure name={t('figure.lapsed')} value={format.count(all.lapsed)} unit={parcels}>
        <span className={all.lapsed > 0 ? 'over' : 'calm'}>
          {t(all.lapsed > 0 ? 'figure.lapsed.note' : 'figure.lapsed.none')}
        </span>
      </Figure>
      <Figure
        name={t('figure.hold')}
        value={inForce > 0 ? format.decimal(all.heldHours / inForce) : '—'}
        unit={t('unit.hours')}
      >
        {t('figure.hold.note')}
      </Figure>
    </dl>
  );
}
