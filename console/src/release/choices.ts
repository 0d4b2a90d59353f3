import { useMemo } from 'react';
import type { TicketView } from '../../../src/client/api.ts';
import type { TicketsChosen } from '../api/release.ts';
import { useAddress } from '../frame/address.ts';

/** What the reader has chosen on this page; each part is a field of the address. */

export const VIEWS = ['tickets', 'pace', 'import'] as const;
export type View = (typeof VIEWS)[number];

export function useView(): [View, (view: View) => void] {
  const [text, set] = useAddress('view');
  const view = VIEWS.find((each) => each === text) ?? 'tickets';
  return [view, (next) => set(next === 'tickets' ? undefined : next)];
}

export const STATES = ['issued', 'confirmed', 'pickedUp', 'cancelled', 'lapsed'] as const;

/** Which tickets are listed. */
export function useChosenTickets(): TicketsChosen {
  const [slotStart] = useAddress('slot');
  const [operator] = useAddress('operator');
  const [origin] = useAddress('origin');
  const [destination] = useAddress('destination');
  const [stateText] = useAddress('state');
  const state = stateOf(stateText);
  return useMemo(
    () => ({
      ...(isInstant(slotStart) && { slotStart }),
      ...(operator && { operator }),
      ...(origin && { origin }),
      ...(destination && { destination }),
      ...(state && { state }),
    }),
    [slotStart, operator, origin, destination, state],
  );
}

function stateOf(text: string | undefined): TicketView['state'] | undefined {
  return STATES.find((state) => state === text);
}

/** What a slot's start looks like; anything else in the address is nobody's choice. */
function isInstant(text: string | undefined): text is string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(text ?? '');
}
