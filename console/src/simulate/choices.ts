import { useAddress } from '../frame/address.ts';

/** What the reader has chosen on this page; each part is a field of the address. */

/** The simulation on show; the newest until one is chosen. */
export function useShownId(): [string | undefined, (id?: string) => void] {
  return useAddress('simulation');
}

/** The seed whose runs are shown slot by slot; the first finished one until one is chosen. */
export function useSeed(seeds: readonly number[]): [number, (seed: number) => void] {
  const [text, set] = useAddress('seed');
  return [seeds.find((seed) => String(seed) === text) ?? seeds[0], (seed) => set(String(seed))];
}

export function useHubChoice(): [string | undefined, (hub: string) => void] {
  return useAddress('hub');
}

/** Curves by slot, or summed up from the start. */
export function useSummed(): [boolean, (summed: boolean) => void] {
  const [text, set] = useAddress('curves');
  return [text === 'sum', (summed) => set(summed ? 'sum' : undefined)];
}

/** Figures as they are, or less those of the base. */
export function useAsDifferences(): [boolean, (differences: boolean) => void] {
  const [text, set] = useAddress('figures');
  return [text === 'difference', (on) => set(on ? 'difference' : undefined)];
}
