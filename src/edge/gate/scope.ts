import { contains, type Principal } from '../access/principal.js';

/** Which tickets somebody may see: those that satisfy all that is named. Plain data: it goes between processes. */
export interface Scope {
  /** Organisation of the shipper. */
  readonly shipper?: string;
  readonly operator?: string;
  /** Origin or destination lies in it; GB/T 2260. */
  readonly region?: string;
}

/**
 * A shipper sees its own tickets; an operator those of its network and an administration all, each as far as its region
 * goes; others none (P11).
 */
export function scopeOf({ organisation }: Principal): Scope | undefined {
  const { id, kind, level, region, operator } = organisation;
  const where = level === 'nation' ? {} : { region };
  if (kind === 'platform') return { shipper: id };
  if (kind === 'operator') return operator === undefined ? undefined : { operator, ...where };
  return kind === 'administration' ? where : undefined;
}

/** Whether a flow from one place to another lies in a scope's region. */
export function isInRegion({ region }: Scope, origin: string, destination: string): boolean {
  return region === undefined || contains(region, origin) || contains(region, destination);
}
