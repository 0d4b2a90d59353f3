import { Button, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePalette } from '../chart/palette.ts';
import { useShownSeason } from '../words/season.tsx';
import type { Loads } from './network.ts';

interface TimelineProps {
  /** Places over capacity by slot. */
  readonly counts: Readonly<Record<Loads, readonly number[]>>;
  readonly slot: number;
  readonly setSlot: (slot: number) => void;
}

/** Chooses the slot; above the slider, how many places are over capacity in each. */
export function Timeline({ counts, slot, setSlot }: TimelineProps) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const last = Math.max(0, counts.atOnce.length - 1);
  const most = Math.max(1, ...counts.atOnce, ...counts.planned);
  const days = Array.from({ length: last + 1 }, (_, s) => s).filter(
    (s) => s === 0 || format.slotDate(s) !== format.slotDate(s - 1),
  );
  const label = t('time.strip', {
    atOnce: Math.max(0, ...counts.atOnce),
    planned: Math.max(0, ...counts.planned),
  });
  return (
    <div className="timeline">
      <div className="timeline-now">
        <Button
          size="small"
          aria-label={t('time.before')}
          disabled={slot === 0}
          onClick={() => setSlot(slot - 1)}
        >
          ‹
        </Button>
        <strong aria-live="polite">{t('time.slot', { time: format.slotTime(slot), slot })}</strong>
        <Button
          size="small"
          aria-label={t('time.after')}
          disabled={slot === last}
          onClick={() => setSlot(slot + 1)}
        >
          ›
        </Button>
      </div>
      <div className="timeline-track">
        <div role="img" aria-label={label}>
          <Strip name={t('map.atOnce')} counts={counts.atOnce} most={most} slot={slot} />
          <Strip name={t('map.planned')} counts={counts.planned} most={most} slot={slot} />
        </div>
        <div className="timeline-slider">
          <Slider
            min={0}
            max={last}
            value={slot}
            onChange={setSlot}
            marks={Object.fromEntries(days.map((s) => [s, format.slotDate(s)]))}
            style={{ marginInline: `${50 / (last + 1)}%` }}
            included={false}
            tooltip={{ formatter: (s) => (s === undefined ? '' : format.slotTime(s)) }}
            ariaLabelForHandle={t('time.title')}
            ariaValueTextFormatterForHandle={(s) => format.slotTime(s)}
          />
        </div>
      </div>
    </div>
  );
}

interface StripProps {
  readonly name: string;
  readonly counts: readonly number[];
  readonly most: number;
  readonly slot: number;
}

const STRIP_HEIGHT = 16;

function Strip({ name, counts, most, slot }: StripProps) {
  const palette = usePalette();
  return (
    <div className="strip">
      <span>{name}</span>
      <svg
        viewBox={`0 0 ${counts.length} ${STRIP_HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect width={counts.length} height={STRIP_HEIGHT} fill={palette.land} />
        {counts.map((n, s) => {
          const height = n === 0 ? 0 : 3 + ((STRIP_HEIGHT - 3) * n) / most;
          return (
            <rect
              key={s}
              x={s}
              y={STRIP_HEIGHT - height}
              width={0.9}
              height={height}
              fill={palette.steps[3]}
            />
          );
        })}
        <rect x={slot} width={1} height={STRIP_HEIGHT} fill={palette.text} opacity={0.25} />
      </svg>
    </div>
  );
}
