import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDark } from '../frame/theme.ts';
import { type MapColours, mapColours } from './colours.ts';
import { paintHub } from './paint-hubs.ts';
import { OVERFLOWING, STALE, WARNED } from './steps.ts';
import './words.ts';
import './map.css';

/** What the map's circles and lines mean, drawn as the map draws them. */
export function MapLegend() {
  const { t } = useTranslation('map');
  const colours = mapColours(useDark());
  return (
    <div className="legend network-map-legend">
      <span>{t('legend.fill')}</span>
      <Sample words={t('step.0')} fill={0.45} colours={colours} />
      <Sample words={t('step.1')} fill={0.8} colours={colours} />
      <Sample words={t('step.2')} fill={0.95} colours={colours} />
      <Sample words={t('mark.over')} fill={1.1} marks={OVERFLOWING} colours={colours} />
      <Sample words={t('mark.warned')} fill={0.8} marks={WARNED} colours={colours} />
      <Sample words={t('mark.stale')} fill={0.45} marks={STALE} colours={colours} />
      <Sample words={t('mark.several')} fill={0.45} hubs={4} colours={colours} />
      <span className="network-map-lanes">
        {t('legend.lanes')}
        {LANES.map((step) => (
          <span key={step} className="legend-step">
            <i className="rule" style={{ height: 3, background: colours.lanes[step] }} />
            {t(`step.${step}`)}
          </span>
        ))}
      </span>
    </div>
  );
}

const LANES = [0, 1, 2, 3] as const;

interface SampleProps {
  readonly words: string;
  readonly fill: number;
  readonly marks?: number;
  readonly hubs?: number;
  readonly colours: MapColours;
}

/** Side of a sample, pixels of CSS. */
const SIDE = 28;

function Sample({ words, fill, marks = 0, hubs = 1, colours }: SampleProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const brush = canvas.current?.getContext('2d');
    if (!brush) return;
    brush.setTransform(2, 0, 0, 2, 0, 0);
    brush.clearRect(0, 0, SIDE, SIDE);
    paintHub(brush, { x: SIDE / 2, y: SIDE / 2, radius: 7.5, fill, marks, hubs }, colours);
  }, [fill, marks, hubs, colours]);
  return (
    <span className="legend-step">
      <canvas
        ref={canvas}
        width={2 * SIDE}
        height={2 * SIDE}
        style={{ width: SIDE, height: SIDE }}
      />
      {words}
    </span>
  );
}
