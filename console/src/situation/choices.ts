import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { isWithin } from '../words/regions.ts';

/** What is chosen on this page; each part is a field of the address. */

/** The region looked at: never beyond the viewer's own, which is the first shown. */
export function useRegion(): [region: string, choose: (region: string) => void] {
  const { own, isBound } = useOwnRegion();
  const [asked, ask] = useAddress('region');
  const region = asked !== undefined && (!isBound || isWithin(own, asked)) ? asked : own;
  return [region, (chosen) => ask(chosen === own ? undefined : chosen)];
}

/** The region that the viewer is in charge of; a platform's says where it sits, and bounds nothing. */
export function useOwnRegion(): { readonly own: string; readonly isBound: boolean } {
  const { kind, region } = useViewer().organisation;
  const isBound = kind === 'administration' || kind === 'operator';
  return { own: isBound ? region : '000000', isBound };
}

export function useOperator(): [string | undefined, (operator?: string) => void] {
  return useAddress('operator');
}

/** The slot looked at; undefined: now. */
export function useSlotChoice(): [number | undefined, (slot?: number) => void] {
  const [text, set] = useAddress('slot');
  const slot = text !== undefined && /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
  return [slot, (chosen) => set(chosen === undefined ? undefined : String(chosen))];
}

/** The hub that is chosen, by its id. */
export function useHubChoice(): [string | undefined, (hub?: string) => void] {
  return useAddress('hub');
}
