import { useTranslation } from 'react-i18next';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import type { Summed } from './figures.tsx';
import { gone, type SlotSum, slotOf, slotStart, sumBySlot, useSeasonNow } from './slot-time.ts';

/** Slots shown at once: half a day. */
const FIRST = 12;

/** What may go in this slot and in each that follows. */
export function SlotsAhead({ summary, heardAt }: Summed) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format } = season;
  const [chosen, choose] = useAddress('slot');
  const now = slotOf(season, useSeasonNow(summary, heardAt));
  const rows = sumBySlot(season, summary.rows).slice(Math.max(0, now));
  const start = (slot: number) => slotStart(season, slot);
  const columns: Column<SlotSum>[] = [
    {
      key: 'slot',
      title: t('slots.slot'),
      value: ({ slot }) => start(slot),
      show: ({ slot }) => (
        <>
          {format.slotTime(slot)}
          {slot === now && <span className="release-now">{t('slots.now')}</span>}
        </>
      ),
    },
    count('share', t('slots.share'), ({ share }) => share),
    count('issued', t('slots.issued'), ({ issued }) => issued),
    count('gone', t('slots.gone'), gone),
    count('tickets', t('slots.tickets'), ({ tickets }) => tickets),
  ];
  function count(key: string, title: string, value: (row: SlotSum) => number): Column<SlotSum> {
    return {
      key,
      title,
      value,
      show: (row) => <span title={format.exact(value(row))}>{format.count(value(row))}</span>,
    };
  }
  return (
    <section className="card" aria-labelledby="slots">
      <h2 id="slots">{t('slots.title')}</h2>
      <p className="note">{t('slots.text')}</p>
      <DataTable
        label={t('slots.title')}
        columns={columns}
        rows={rows}
        rowKey={({ slot }) => start(slot)}
        first={FIRST}
        none={t('slots.over')}
        onChoose={({ slot }) => choose(start(slot) === chosen ? undefined : start(slot))}
        chosen={chosen}
      />
      <p className="note">{t('slots.open')}</p>
    </section>
  );
}
