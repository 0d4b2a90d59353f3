import type { Session } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';

export const WINDOWS = ['past', 'now', 'next6', 'next24', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

/** The season's slot that runs, as the server said last. */
export function useNowSlot(): number {
  const { now, scenario } = useShownSeason();
  const ms = Date.parse(now) - Date.parse(scenario.start);
  return Math.floor(ms / (scenario.slotMinutes * 60_000));
}

/** Slots from … until − 1 that are added up, and the name of their choice; the running slot is part of what was. */
export function useWindow() {
  const [asked, choose] = useAddress('window');
  const now = useNowSlot();
  const { scenario } = useShownSeason();
  const window = WINDOWS.find((each) => each === asked) ?? 'past';
  const ranges: Record<Window, readonly [from: number, until: number]> = {
    past: [0, now + 1],
    now: [now, now + 1],
    next6: [now + 1, now + 7],
    next24: [now + 1, now + 25],
    all: [0, scenario.slots],
  };
  const inside = (slot: number) => Math.max(0, Math.min(scenario.slots, slot));
  const [from, until] = ranges[window];
  return { window, choose, from: inside(from), until: inside(until) };
}

/** Who may change anything here. */
export function mayAct({ role }: Session): boolean {
  return role !== 'viewer';
}

export function mayDeclare(viewer: Session): boolean {
  return viewer.organisation.kind === 'operator' && mayAct(viewer);
}

export function mayApprove(viewer: Session): boolean {
  return viewer.organisation.kind === 'administration' && mayAct(viewer);
}
