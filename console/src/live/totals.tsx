import { useTranslation } from 'react-i18next';
import type { Seen } from '../api/live-stream.ts';
import { Figure } from '../frame/figure.tsx';
import { useShownSeason } from '../words/season.tsx';
import type { HubRow } from './rows.ts';

interface TotalsProps {
  readonly totals: Seen['totals'];
  /** The fullest first. */
  readonly rows: readonly HubRow[];
}

/** The nation in six figures. */
export function Totals({ totals, rows }: TotalsProps) {
  const { t } = useTranslation('live');
  const { format } = useShownSeason();
  const parcels = t('unit.parcels');
  const over = rows.filter(({ share }) => share !== undefined && share > 1).length;
  const fullest = { all: rows.length, share: format.percent(rows[0]?.share ?? 0) };
  return (
    <dl className="figures">
      <Figure name={t('total.stock')} value={format.count(totals.stock)} unit={parcels}>
        {t('total.stock.text')}
      </Figure>
      <Figure name={t('total.bound')} value={format.count(totals.bound)} unit={parcels}>
        {t('total.bound.text')}
      </Figure>
      <Figure name={t('total.onLanes')} value={format.count(totals.onLanes)} unit={parcels} />
      <Figure name={t('total.scans')} value={format.count(totals.scans)} unit={t('unit.scans')}>
        {t('total.scans.text')}
      </Figure>
      <Figure name={t('total.over')} value={format.exact(over)} unit={t('unit.hubs')}>
        {t('total.over.text', fullest)}
      </Figure>
      <Figure name={t('total.stale')} value={format.exact(totals.stale)} unit={t('unit.resources')}>
        {t('total.stale.text', { all: format.exact(totals.resources) })}
      </Figure>
    </dl>
  );
}
