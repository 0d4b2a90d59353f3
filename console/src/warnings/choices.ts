import type { Session, Warning } from '../../../src/client/api.ts';
import type { WarningsAsked } from '../api/warnings.ts';
import { useAddress } from '../frame/address.ts';

/** From the gravest. */
export const LEVELS = ['red', 'orange', 'yellow', 'blue'] as const;
export const KINDS = ['resource', 'city', 'province', 'operator', 'nation'] as const;
export const REACHES = ['city', 'province', 'nation'] as const;

/** What is listed, as the address has it; what it does not know is left out. */
export function useAsked(): WarningsAsked {
  const [state] = useAddress('state');
  const [level] = useAddress('level');
  const [kind] = useAddress('kind');
  const [reach] = useAddress('reach');
  const [subject] = useAddress('subject');
  const known = {
    level: LEVELS.find((each) => each === level),
    kind: KINDS.find((each) => each === kind),
    reach: REACHES.find((each) => each === reach),
  };
  return {
    state: state === 'ended' ? 'ended' : 'open',
    ...(known.level && { level: known.level }),
    ...(known.kind && { kind: known.kind }),
    ...(known.reach && { reach: known.reach }),
    ...(subject !== undefined && { subject }),
  };
}

/** What a viewer may do to warnings; the server decides, this spares dead ends. */
export interface Powers {
  readonly acknowledges: boolean;
  /** Issues, adjusts, lifts. */
  readonly decides: boolean;
  /** Reads the policy; sets it. */
  readonly readsPolicy: boolean;
  readonly setsPolicy: boolean;
}

export function powersOf({ organisation: { kind, level }, role }: Session): Powers {
  const isOffice = kind === 'administration' || kind === 'operator';
  const isAdministration = kind === 'administration';
  return {
    acknowledges: isOffice && role !== 'viewer',
    decides: isAdministration && role !== 'viewer',
    readsPolicy: isOffice,
    setsPolicy: isAdministration && level === 'nation' && role === 'manager',
  };
}

/** Whether an administration may change a warning that has come so far. */
export function reachesUp(level: Session['organisation']['level'], { reach }: Warning): boolean {
  return reach === undefined || REACHES.indexOf(level) >= REACHES.indexOf(reach);
}
