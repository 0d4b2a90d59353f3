import { useAddress } from '../frame/address.ts';

/** What the reader has chosen on this page; each part is a field of the address. */

/** Which hubs are listed; what is undefined leaves none out. */
export interface Filter {
  readonly operator: string | undefined;
  /** GB/T 2260 code of a province. */
  readonly province: string | undefined;
  /** Part of a name or an id. */
  readonly search: string | undefined;
}

export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [operator, setOperator] = useAddress('operator');
  const [province, setProvince] = useAddress('province');
  const [search, setSearch] = useAddress('search');
  const set = (change: Partial<Filter>) => {
    if ('operator' in change) setOperator(change.operator || undefined);
    if ('province' in change) setProvince(change.province || undefined);
    if ('search' in change) setSearch(change.search || undefined);
  };
  return [{ operator, province, search }, set];
}

/** The hub that is open. */
export function useHubChoice(): [string | undefined, (hub: string) => void] {
  return useAddress('hub');
}
