import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { prefetchSlot } from '../api/situation.ts';
import { useShownSeason } from '../words/season.tsx';
import { useSlotChoice } from './choices.ts';
import { dayTicks } from './day-ticks.ts';

/** Which moment is on show. */
export interface ShownTime {
  /** The slot under way; undefined until it is known. */
  readonly now: number | undefined;
  /** The slot that is chosen; undefined: now. */
  readonly slot: number | undefined;
  /** The answer for it is on its way. */
  readonly isLoading: boolean;
}

interface TimeSliderProps {
  readonly slots: { readonly from: number; readonly until: number };
  readonly time: ShownTime;
}

/** Playing shows a slot for so long, ms. */
const STEP_MS = 700;
/** What the word for now covers to either side, per cent of the way. */
const NOW_WIDE = 6;
/** A slot that is dragged over is chosen when the pointer rests on it for so long, ms. */
const REST_MS = 120;

/** The way through time: what was counted, now, and what is planned. */
export function TimeSlider({ slots: { from, until }, time }: TimeSliderProps) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const { now } = time;
  const { value, drag, choose } = useChosen(time, from);
  const [isPlaying, play] = useState(false);
  const last = until - 1;
  usePlaying(isPlaying && !time.isLoading, value, (next) => {
    if (next > last) play(false);
    else choose(next);
  });
  useNextAtHand(value + 1, last);
  const share = (slot: number) => (100 * (slot - from)) / Math.max(1, last - from);
  const ticks = dayTicks(from, last, format.slotDate).filter(
    (slot) => now === undefined || Math.abs(share(slot) - share(now)) > NOW_WIDE,
  );
  const basis = now === undefined || value === now ? 'now' : value < now ? 'counted' : 'planned';
  return (
    <fieldset className="time-slider" aria-label={t('time')}>
      <div className="time-buttons">
        <Button
          aria-label={t('time.earlier')}
          onClick={() => choose(value - 1)}
          disabled={value <= from}
        >
          ‹
        </Button>
        <Button onClick={() => play(!isPlaying)} disabled={!isPlaying && value >= last}>
          {t(isPlaying ? 'time.pause' : 'time.play')}
        </Button>
        <Button
          aria-label={t('time.later')}
          onClick={() => choose(value + 1)}
          disabled={value >= last}
        >
          ›
        </Button>
      </div>
      <div className="time-track">
        <div className="time-rail">
          <i style={{ width: `${now === undefined ? 0 : share(now)}%` }} />
        </div>
        <input
          type="range"
          min={from}
          max={last}
          value={value}
          aria-label={t('time.slot')}
          aria-valuetext={t(`basis.${basis}`, { time: format.slotTime(value) })}
          onChange={({ target }) => drag(Number(target.value))}
        />
        <div className="time-ticks" aria-hidden="true">
          {ticks.map((slot) => (
            <span key={slot} style={{ left: `${share(slot)}%` }}>
              {format.slotDate(slot)}
            </span>
          ))}
          {now !== undefined && <b style={{ left: `${share(now)}%` }}>{t('time.now')}</b>}
        </div>
      </div>
    </fieldset>
  );
}

/** The slot that the slider stands at, ahead of the address while it is dragged. */
function useChosen({ now, slot }: ShownTime, from: number) {
  const [, set] = useSlotChoice();
  const [dragged, drag] = useState<number>();
  const choose = (next: number | undefined) => {
    drag(undefined);
    set(next === now ? undefined : next);
  };
  useEffect(() => {
    if (dragged === undefined) return undefined;
    const timer = setTimeout(() => choose(dragged), REST_MS);
    return () => clearTimeout(timer);
  }, [dragged]);
  return { value: dragged ?? slot ?? now ?? from, drag, choose };
}

/** Goes on to the next slot when one was shown long enough. */
function usePlaying(isOn: boolean, value: number, goTo: (slot: number) => void): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setTimeout(() => goTo(value + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [isOn, value]);
}

function useNextAtHand(slot: number, last: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (slot <= last) prefetchSlot(queries, slot);
  }, [queries, slot, last]);
}
