import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hub } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useShownSeason } from '../words/season.tsx';
import { arrivalsOption } from './arrivals-option.ts';
import { type Frame, isKnown, shownUntil } from './chart-parts.ts';
import { priceOption } from './price-option.ts';
import { stockOption } from './stock-option.ts';

/** A hub's past and planned future, slot by slot. What is not known to the viewer has no chart. */
export const Charts = memo(function Charts({ hub }: { hub: Hub }) {
  const { counted, planned, ticketed, atShippers, price } = hub;
  return (
    <>
      {(isKnown(counted.stock) || isKnown(planned.stock)) && <Stock hub={hub} />}
      {[counted.arrived, planned.arrivals, ticketed, atShippers].some(isKnown) && (
        <Arrivals hub={hub} />
      )}
      {isKnown(price) && <Price hub={hub} />}
    </>
  );
});

/** The same object as long as it says the same, so that a chart is drawn again only when it must. */
function useFrame(hub: Hub): Frame {
  const { from, now } = hub.slots;
  const until = shownUntil(hub);
  const { t } = useTranslation('hub');
  const { format } = useShownSeason();
  const palette = usePalette();
  return useMemo(
    () => ({ slots: { from, now, until }, format, palette, now: t('now') }),
    [from, now, until, format, palette, t],
  );
}

function Stock({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  const { resource } = useShownSeason();
  const frame = useFrame(hub);
  const { palette } = frame;
  const { counted, planned, place } = hub;
  const option = useMemo(() => {
    const words = {
      axis: t('axis.parcels'),
      counted: t('stock.counted'),
      planned: t('stock.planned'),
      floor: t('stock.floor'),
    };
    return stockOption({ counted, planned, floor: place.floor }, words, frame);
  }, [counted, planned, place.floor, frame, t]);
  return (
    <Panel id="stock" title={t('stock.title')}>
      <Legend
        items={[
          [t('stock.counted'), `3px solid ${palette.planned}`],
          ...(isKnown(planned.stock)
            ? [[t('stock.planned'), `2px dashed ${palette.parts[2]}`] as const]
            : []),
          [t('stock.floor'), `2px solid ${palette.over}`],
        ]}
      />
      <Chart option={option} label={t('stock.label', { hub: resource(place) })} height="280px" />
    </Panel>
  );
}

function Arrivals({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  const { resource } = useShownSeason();
  const frame = useFrame(hub);
  const { palette } = frame;
  const { counted, planned, capacity, ticketed, atShippers } = hub;
  const option = useMemo(() => {
    const words = {
      axis: t('axis.perSlot'),
      counted: t('arrivals.counted'),
      departed: t('arrivals.departed'),
      ticketed: t('arrivals.ticketed'),
      atShippers: t('arrivals.atShippers'),
      planned: t('arrivals.planned'),
      capacity: t('arrivals.capacity'),
    };
    const arrivals = { counted, planned, capacity, ticketed, atShippers, slots: frame.slots };
    return arrivalsOption(arrivals, words, frame);
  }, [counted, planned, capacity, ticketed, atShippers, frame, t]);
  const legend = [
    [counted.arrived, t('arrivals.counted'), `12px solid ${palette.planned}`],
    [ticketed, t('arrivals.ticketed'), `12px solid ${palette.parts[5]}`],
    [atShippers, t('arrivals.atShippers'), `12px solid ${palette.atOnce}`],
    [planned.arrivals, t('arrivals.planned'), `2px solid ${palette.parts[2]}`],
    [capacity, t('arrivals.capacity'), `2px dashed ${palette.capacity}`],
  ] as const;
  return (
    <Panel id="arrivals" title={t('arrivals.title')}>
      <Legend
        items={legend.flatMap(([column, name, border]) =>
          isKnown(column) ? [[name, border]] : [],
        )}
      />
      <Chart
        option={option}
        label={t('arrivals.label', { hub: resource(hub.place) })}
        height="280px"
      />
    </Panel>
  );
}

function Price({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  const { resource } = useShownSeason();
  const frame = useFrame(hub);
  const { price } = hub;
  const option = useMemo(
    () => priceOption(price, { axis: t('axis.price'), price: t('column.price') }, frame),
    [price, frame, t],
  );
  return (
    <Panel id="price" title={t('price.title')}>
      {price.some((each) => each !== null && each > 0) ? (
        <>
          <p className="note">{t('price.note')}</p>
          <Chart
            option={option}
            label={t('price.label', { hub: resource(hub.place) })}
            height="200px"
          />
        </>
      ) : (
        <p className="calm">{t('price.none')}</p>
      )}
    </Panel>
  );
}

function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Legend({ items }: { items: readonly (readonly [name: string, border: string])[] }) {
  return (
    <div className="legend">
      {items.map(([name, border]) => (
        <span key={name} className="legend-step">
          <i className="rule" style={{ borderTop: border }} />
          {name}
        </span>
      ))}
    </div>
  );
}
