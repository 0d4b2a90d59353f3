import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { CURVES, type Curve, curveOption, lineOf } from './curves-option.ts';
import type { Film } from './film.ts';
import type { Player } from './player.ts';
import { useNightFormat } from './use-format.ts';

interface CurvesProps {
  readonly film: Film;
  readonly player: Player;
}

/** Picked up, in the network, delivered: what is still to come lies under a veil that the player draws back. */
export function Curves({ film, player }: CurvesProps) {
  const { t } = useTranslation('night');
  const palette = usePalette();
  const place = useRef<HTMLElement>(null);
  const { until } = film.night;
  useEffect(() => {
    const draw = () => place.current?.style.setProperty('--gone', String(player.at / until));
    draw();
    return player.subscribe(draw);
  }, [player, until]);
  return (
    <section className="card night-curves" ref={place} aria-labelledby="night-curves">
      <h2 id="night-curves">
        {t('curves')}
        {film.sides.map((side) => {
          const { color, type } = lineOf(side, palette);
          return (
            <span key={side.policy} className="legend-step">
              <i
                className="night-line"
                style={{ borderTop: `3px ${type === 'solid' ? 'solid' : 'dashed'} ${color}` }}
              />
              {t(`side.${side.policy}`)}
            </span>
          );
        })}
      </h2>
      <div className="night-charts">
        {CURVES.map((curve) => (
          <OneCurve key={curve} curve={curve} film={film} />
        ))}
      </div>
    </section>
  );
}

function OneCurve({ film, curve }: { film: Film; curve: Curve }) {
  const { t } = useTranslation('night');
  const { format } = useNightFormat(film);
  const palette = usePalette();
  const option = useMemo(() => {
    const words = {
      axis: t('curve.axis'),
      side: ({ policy }: { policy: 'at-once' | 'plan' }) => t(`side.${policy}`),
    };
    return curveOption(film, curve, words, format, palette);
  }, [film, curve, format, palette, t]);
  const name = t(`curve.${curve}`);
  return (
    <figure className="night-curve">
      <figcaption>{name}</figcaption>
      <Chart
        option={option}
        label={t('curve.label', { curve: name })}
        height="var(--night-chart)"
      />
      <div className="night-veil" />
    </figure>
  );
}
