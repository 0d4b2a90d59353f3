import { KINDS, type Level, type OrganisationKind, type Role } from './principal.js';
import type { Relation } from './relations.js';

/** Who may use a route: organisations of a kind, people and keys of a role, as far as they are related. */
export interface Cell {
  readonly kinds: readonly OrganisationKind[];
  /** All levels where it is left out. */
  readonly levels?: readonly Level[];
  readonly roles: readonly Role[];
  readonly relation: Relation;
}

/**
 * - local: whoever is on this machine and asks for it by its own name;
 * - public: anybody; what it answers is nobody's;
 * - signedIn: whoever has a key or a session; it is about themselves;
 * - cells: whom a cell lets in. `of` names what the parameter `id` stands for: who is not related to it is
 *   told that it is not there (P11). Without it, the relation says what the answer is cut to.
 * - peers: other processes of the season; the route itself knows them by their secret.
 */
export type Policy =
  | 'local'
  | 'public'
  | 'peers'
  | 'signedIn'
  | { readonly of?: 'organisation' | 'declaration'; readonly cells: readonly Cell[] };

const READ: readonly Role[] = ['viewer', 'dispatcher', 'manager'];
const ACT: readonly Role[] = ['dispatcher', 'manager'];
const MANAGE: readonly Role[] = ['manager'];

const own = (kinds: readonly OrganisationKind[], roles: readonly Role[]): Cell => ({
  kinds,
  roles,
  relation: 'own',
});
const shippers = (roles: readonly Role[]): Cell => own(['platform'], roles);
const offices = (roles: readonly Role[]): Cell => ({
  kinds: ['operator'],
  roles,
  relation: 'network',
});
const administrations = (roles: readonly Role[], levels?: readonly Level[]): Cell => ({
  kinds: ['administration'],
  roles,
  relation: 'region',
  ...(levels && { levels }),
});

const simulators = (roles: readonly Role[]): Cell[] => [
  administrations(roles, ['nation']),
  own(['analyst'], roles),
];

/** Whoever the gate concerns, each as far as it does. */
const CONCERNED = { cells: [shippers(READ), offices(READ), administrations(READ)] };
/** Plans, each as far as plan-sight.ts lets them see; loads tell of all shippers. */
const PLANNED_LOADS = { cells: [offices(READ), administrations(READ), own(['analyst'], READ)] };
const PLANNED = { cells: [...PLANNED_LOADS.cells, shippers(READ)] };
const PLAN_RUNS = { cells: [administrations(READ, ['nation']), own(['analyst'], READ)] };
/** Where parcels are, each as far as sight.ts lets them see; of hubs, platforms too. */
const WATCHED = {
  cells: [offices(READ), administrations(READ), own(['lastMile', 'platform'], READ)],
};
const SHIPS = { cells: [shippers(ACT)] };
const PEOPLE = {
  of: 'organisation' as const,
  cells: [own(KINDS, MANAGE), offices(MANAGE), administrations(MANAGE)],
};
const KEYS = { of: 'organisation' as const, cells: [own(KINDS, MANAGE)] };
const WEBHOOKS = { cells: [own(['administration', 'operator', 'platform'], MANAGE)] };

/** Every route of the server, and who may use it. One that is not here stops the server from starting (P12). */
export const POLICIES: Readonly<Record<string, Policy>> = {
  // Pages hold nothing: what they show, they ask for.
  'GET /': 'public',
  'GET /:page(^[a-z-]+$)': 'public',
  'GET /assets/*': 'public',
  'GET /outlines/*': 'public',
  'GET /favicon.svg': 'public',
  'GET /v1/season': 'signedIn',

  'GET /health': 'public',
  'GET /ready': 'public',
  'GET /openapi.json': 'public',
  'GET /metrics': 'local',
  // How to sign in to a demonstration: whoever started it reads it on the terminal, too.
  'GET /v1/demonstration': 'local',
  'GET /v1/demonstration/night': 'local',
  'GET /v1/gate': { cells: [administrations(READ, ['nation'])] },

  'GET /v1/plans': PLANNED,
  'GET /v1/plans/:version': PLANNED,
  'GET /v1/plans/:version/holds': PLANNED,
  'GET /v1/plans/:version/holds/costly': PLANNED,
  'GET /v1/plans/:version/explanations': PLANNED,
  'GET /v1/plans/:version/resources': PLANNED_LOADS,
  'GET /v1/plans/:version/resources/:id/loads': PLANNED_LOADS,
  'GET /v1/plans/:version/map': PLANNED_LOADS,
  'GET /v1/plans/:version/compare': PLANNED_LOADS,
  'POST /v1/plans/runs': { cells: [administrations(ACT, ['nation']), own(['analyst'], ACT)] },
  'GET /v1/plans/runs': PLAN_RUNS,
  'GET /v1/plans/runs/:id': PLAN_RUNS,
  'DELETE /v1/plans/runs/:id': { cells: [administrations(ACT, ['nation']), own(['analyst'], ACT)] },
  'POST /v1/plans/runs/:id/publish': { cells: [administrations(MANAGE, ['nation'])] },
  'POST /v1/plans/:version/restore': { cells: [administrations(MANAGE, ['nation'])] },

  'POST /v1/tickets': SHIPS,
  'GET /v1/tickets': CONCERNED,
  'GET /v1/tickets/summary': CONCERNED,
  'GET /v1/tickets/:id': CONCERNED,
  'POST /v1/tickets/confirm': SHIPS,
  'POST /v1/tickets/cancel': SHIPS,
  'GET /v1/changes': CONCERNED,

  'PUT /v1/capacities': { cells: [offices(ACT)] },
  'GET /v1/arrivals': { cells: [own(['lastMile'], READ)] },
  'GET /v1/acceptance': { cells: [offices(READ), administrations(READ)] },
  'GET /v1/capacities/slots': { cells: [offices(READ), administrations(READ)] },
  'GET /v1/capacities': { cells: [offices(READ), administrations(READ)] },
  'POST /v1/capacities/:id/approve': { of: 'declaration', cells: [administrations(ACT)] },
  'POST /v1/capacities/:id/reject': { of: 'declaration', cells: [administrations(ACT)] },
  'POST /v1/capacities/:id/withdraw': { of: 'declaration', cells: [offices(ACT)] },
  'GET /v1/overhang': { cells: [offices(READ), administrations(READ)] },
  'POST /v1/overhang/settle': { cells: [offices(ACT), administrations(ACT)] },

  'POST /v1/scans': { cells: [offices(ACT)] },
  'POST /epcis/v2/capture': { cells: [offices(ACT)] },
  'GET /epcis/v2/capture/:id': { cells: [offices(READ)] },
  'GET /epcis/v2/events': { cells: [offices(READ), administrations(READ)] },
  'GET /v1/network/state': WATCHED,
  'GET /v1/network/changes': WATCHED,
  'GET /v1/situation': WATCHED,
  'GET /v1/situation/slots/:slot': WATCHED,
  'GET /v1/situation/figures': WATCHED,
  'GET /v1/hubs/:id': WATCHED,
  'GET /v1/resources/:id/stock': WATCHED,
  'GET /v1/resources/:id/flows': {
    cells: [offices(READ), administrations(READ), own(['lastMile'], READ)],
  },
  'POST /v1/parcels': SHIPS,
  'GET /v1/parcels': { cells: [shippers(READ)] },
  // Administrations watch the network; a single parcel is somebody's (P13).
  'GET /v1/parcels/:waybill': { cells: [offices(READ), shippers(READ)] },
  'GET /v1/sources': { cells: [offices(READ), administrations(READ)] },
  'GET /v1/quarantine': { cells: [offices(READ), administrations(READ)] },
  'POST /v1/quarantine/redrive': { cells: [offices(ACT)] },

  // A season lived through shows every operator's hubs: to the nation, and to analysts of what was generated.
  'POST /v1/simulations': { cells: simulators(ACT) },
  'GET /v1/simulations': { cells: simulators(READ) },
  'GET /v1/simulations/:id': { cells: simulators(READ) },
  'DELETE /v1/simulations/:id': { cells: simulators(ACT) },
  'GET /v1/simulations/:id/curves': { cells: simulators(READ) },
  'GET /v1/simulations/:id/holds': { cells: simulators(READ) },
  'GET /v1/simulations/:id/hubs': { cells: simulators(READ) },
  'GET /v1/simulations/:id/hubs/:hub': { cells: simulators(READ) },

  'GET /v1/warnings': WATCHED,
  'GET /v1/warnings/:id': WATCHED,
  'GET /v1/warnings/changes': WATCHED,
  // Warnings are the administrations' word; operators say that they have heard it.
  'POST /v1/warnings': { cells: [administrations(ACT)] },
  'POST /v1/warnings/:id/acknowledge': { cells: [offices(ACT), administrations(ACT)] },
  'POST /v1/warnings/:id/adjust': { cells: [administrations(ACT)] },
  'POST /v1/warnings/:id/lift': { cells: [administrations(ACT)] },
  'GET /v1/warnings/policy': { cells: [offices(READ), administrations(READ)] },
  'PUT /v1/warnings/policy': { cells: [administrations(MANAGE, ['nation'])] },

  'POST /v1/webhooks': WEBHOOKS,
  'GET /v1/webhooks': WEBHOOKS,
  'GET /v1/webhooks/:id': WEBHOOKS,
  'PATCH /v1/webhooks/:id': WEBHOOKS,
  'DELETE /v1/webhooks/:id': WEBHOOKS,

  'POST /peers/shards/:shard/:call': 'peers',

  'POST /v1/session': 'public',
  'GET /v1/session': 'signedIn',
  'DELETE /v1/session': 'signedIn',
  'GET /v1/session/oidc': 'public',
  'GET /v1/session/oidc/callback': 'public',

  'GET /v1/organisations': { cells: [own(KINDS, READ), offices(READ), administrations(READ)] },
  'POST /v1/organisations': { cells: [administrations(MANAGE)] },
  'GET /v1/organisations/:id': {
    of: 'organisation',
    cells: [own(KINDS, READ), offices(READ), administrations(READ)],
  },
  'PATCH /v1/organisations/:id': { of: 'organisation', cells: [administrations(MANAGE)] },
  'GET /v1/organisations/:id/keys': KEYS,
  'POST /v1/organisations/:id/keys': KEYS,
  'DELETE /v1/organisations/:id/keys/:key': KEYS,
  'GET /v1/organisations/:id/accounts': PEOPLE,
  'POST /v1/organisations/:id/accounts': PEOPLE,
  'PATCH /v1/organisations/:id/accounts/:login': PEOPLE,
  'GET /v1/audit': { cells: [own(KINDS, MANAGE)] },
};

/** Under which name a route stands in the table; asking only for the head of an answer is asking for it. */
export function policyName(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url}`;
}
