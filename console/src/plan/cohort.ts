import type { Cohort } from '../../../src/client/api.ts';

/** A cohort as one field of the address: its five parts, each escaped, with `~` between. */
export function cohortText(cohort: Cohort): string {
  const { service, operator, origin, destination, slot } = cohort;
  return [service, operator, origin, destination, slot].map(encodeURIComponent).join('~');
}

/** The cohort that a field of the address names, undefined if it names none. */
export function parseCohort(text: string | undefined): Cohort | undefined {
  const parts = (text ?? '').split('~');
  if (parts.length !== 5 || !/^-?\d+$/.test(parts[4])) return undefined;
  try {
    const [service, operator, origin, destination] = parts.map(decodeURIComponent);
    return { service, operator, origin, destination, slot: Number(parts[4]) };
  } catch {
    return undefined;
  }
}
