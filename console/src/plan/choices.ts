import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';

/** What the reader has chosen on this page; each part is a field of the address. */

/** The slot on show, and setting it. `busiest` is shown until one is chosen. */
export function useSlot(busiest: number): [number, (slot: number) => void] {
  const { scenario } = useShownSeason();
  const [text, set] = useAddress('slot');
  const asked = /^\d+$/.test(text ?? '') ? Number(text) : busiest;
  return [Math.min(asked, scenario.shownSlots - 1), (slot) => set(String(slot))];
}

export const HOLD_LISTS = ['held', 'carried'] as const;
export type HoldList = (typeof HOLD_LISTS)[number];

/** Which of the two lists of costly holds; `first` until one is chosen. */
export function useHoldList(first: HoldList): [HoldList, (list: HoldList) => void] {
  const [text, set] = useAddress('holds');
  return [HOLD_LISTS.find((list) => list === text) ?? first, set];
}

export type Show = 'both' | 'atOnce' | 'planned';

export function useShow(): [Show, (show: Show) => void] {
  const [text, set] = useAddress('show');
  const show = text === 'atOnce' || text === 'planned' ? text : 'both';
  return [show, (next) => set(next === 'both' ? undefined : next)];
}
