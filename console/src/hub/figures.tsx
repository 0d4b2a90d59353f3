import { useTranslation } from 'react-i18next';
import type { Hub } from '../../../src/client/api.ts';
import { Figure } from '../frame/figure.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';

/** Above this share of the floor aisles and exits are no longer clear (docs/maths/world.md#figures). */
const NEAR = 0.9;

/** How the hub stands, in figures held against what they must not pass. */
export function HubFigures({ hub, nowMs }: { hub: Hub; nowMs: number }) {
  const { t } = useTranslation('hub');
  const { format } = useShownSeason();
  const { slots, counted, planned, capacity } = hub;
  const i = slots.now - slots.from;
  const told = (n: number | null | undefined) =>
    n === null || n === undefined ? '—' : format.count(n);
  const unit = t('unit.parcels');
  const ticketed = sumFrom(hub.ticketed, i);
  const atShippers = sumFrom(hub.atShippers, i);
  return (
    <dl className="figures hub-figures">
      <Fill hub={hub} />
      <Figure name={t('figure.bound')} value={told(hub.bound)} unit={unit}>
        {t('figure.bound.of')}
      </Figure>
      <Figure name={t('figure.arrivals')} value={told(counted.arrived[i])} unit={unit}>
        {t('figure.arrivals.of', {
          planned: told(planned.arrivals[i]),
          capacity: told(capacity[i]),
        })}
      </Figure>
      {ticketed !== undefined && (
        <Figure name={t('figure.ticketed')} value={told(ticketed)} unit={unit}>
          {t('figure.ticketed.of')}
        </Figure>
      )}
      {atShippers !== undefined && (
        <Figure name={t('figure.atShippers')} value={told(atShippers)} unit={unit}>
          {t('figure.atShippers.of')}
        </Figure>
      )}
      <div className="figure">
        <dt>{t('figure.newest')}</dt>
        <dd>
          <strong>
            {hub.newestAt === undefined ? (
              t('never')
            ) : (
              <Age ms={nowMs - Date.parse(hub.newestAt)} />
            )}
          </strong>
          {hub.stale && <span className="stale">{t('stale')}</span>}
        </dd>
      </div>
    </dl>
  );
}

function Fill({ hub: { stock, place } }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  const { format } = useShownSeason();
  const { floor } = place;
  const fill = floor === null || floor <= 0 ? undefined : stock / floor;
  const state = fill === undefined ? 'unknown' : fill > 1 ? 'over' : fill > NEAR ? 'near' : 'fine';
  const said = { stock: format.count(stock), floor: floor === null ? '—' : format.count(floor) };
  return (
    <div className={`figure hub-fill-figure hub-${state}`}>
      <dt>{t('figure.fill')}</dt>
      <dd>
        <strong>{fill === undefined ? '—' : format.percent(fill)}</strong>{' '}
        <span className="hub-state">{t(`state.${state}`)}</span>
        <small>{t(fill === undefined ? 'figure.fill.noFloor' : 'figure.fill.of', said)}</small>
      </dd>
    </div>
  );
}

/** From a slot on; undefined where nothing of it is known. */
function sumFrom(column: readonly (number | null)[], i: number): number | undefined {
  const known = column.slice(i).filter((figure) => figure !== null);
  return known.length === 0 ? undefined : known.reduce((sum, figure) => sum + figure, 0);
}
