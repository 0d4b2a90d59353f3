/** What an organisation may be (who uses it: GLOSSARY.md). */
export const KINDS = [
  'administration',
  'operator',
  'platform',
  'lastMile',
  'association',
  'analyst',
] as const;
export type OrganisationKind = (typeof KINDS)[number];

/** Levels of administrations and operators: nation is also an operator's head office. */
export type Level = 'nation' | 'province' | 'city';

/**
 * What somebody of an organisation may do there.
 *
 * - viewer: read;
 * - dispatcher: read, and ask for, confirm and cancel tickets, declare capacities, acknowledge;
 * - manager: all of that, and people, keys and webhooks of the organisation.
 */
export type Role = 'viewer' | 'dispatcher' | 'manager';

export interface Organisation {
  /** Short, stable, chosen at creation: also the name of the shipper or operator in a scenario. */
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly level: Level;
  /**
   * GB/T 2260 code of the region it is in charge of: six digits, those not needed zero. 000000 for the nation;
   * a region contains those whose code begins with its digits before the zeros.
   */
  readonly region: string;
  /** Of an operator's office: the head office's id, which is the operator's name in a scenario. */
  readonly operator?: string;
}

/** Who asks: what a key or a session stands for. Checked against the database with every request. */
export interface Principal {
  readonly organisation: Organisation;
  /** Identifier of the key or of the person's account: never a secret, never a name. */
  readonly actor: string;
  readonly role: Role;
}

/** Whether region `outer` contains `inner` (GB/T 2260: province, prefecture, county in pairs of digits). */
export function contains(outer: string, inner: string): boolean {
  return inner.startsWith(digitsOf(outer));
}

/** A code before its zeros: the codes of what it contains begin with it. */
export function digitsOf(region: string): string {
  return region.replace(/(00)+$/, '');
}
