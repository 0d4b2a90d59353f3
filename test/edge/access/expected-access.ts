import type { Organisation } from '../../../src/edge/access/principal.js';

/*
 * Who may what, written down a second time and by hand (P12): the guard is tried against this in every cell. Roles
 * are V viewer, D dispatcher, M manager; who is not named is refused.
 */

/** Roles by kind of organisation, or by kind and level. */
export type Roles = Readonly<Record<string, string>>;

export interface Expected {
  /** Whom it answers, whatever it is about. */
  readonly who?: 'local' | 'public' | Roles;
  /** Whom it answers about their own organisation. */
  readonly own?: Roles;
  /** Whom it answers about organisations that they are over. */
  readonly over?: Roles;
  /** Whom it answers about declarations that concern them. */
  readonly declaration?: Roles;
}

const VDM = 'VDM';
const everybody = (roles: string): Roles => ({
  administration: roles,
  operator: roles,
  platform: roles,
  lastMile: roles,
  association: roles,
  analyst: roles,
});
const ofTheGate = { administration: VDM, operator: VDM, platform: VDM };
const watching = {
  who: { administration: VDM, operator: VDM, platform: VDM, lastMile: VDM },
};
const simulating = (roles: string) => ({
  who: { 'administration nation': roles, analyst: roles },
});
const plannedLoads = { who: { administration: VDM, operator: VDM, analyst: VDM } };
const planned = { who: { ...plannedLoads.who, platform: VDM } };
const shipping = { who: { platform: 'DM' } };
const managers = { administration: 'M', operator: 'M' };
const local = { who: 'local' } as const;
const open = { who: 'public' } as const;
const webhooks = { who: { administration: 'M', operator: 'M', platform: 'M' } };

export const EXPECTED: Readonly<Record<string, Expected>> = {
  'GET /': open,
  'GET /:page(^[a-z-]+$)': open,
  'GET /assets/*': open,
  'GET /outlines/*': open,
  'GET /favicon.svg': open,
  'GET /v1/season': { who: everybody(VDM) },
  'GET /metrics': local,
  'GET /v1/demonstration': local,
  'GET /v1/demonstration/night': local,
  'GET /health': open,
  'GET /ready': open,
  'GET /openapi.json': open,

  // Other processes of the season show a secret of theirs to the route itself.
  'POST /peers/shards/:shard/:call': open,

  'GET /v1/gate': { who: { 'administration nation': VDM } },
  'GET /v1/plans': planned,
  'GET /v1/plans/:version': planned,
  'GET /v1/plans/:version/holds': planned,
  'GET /v1/plans/:version/holds/costly': planned,
  'GET /v1/plans/:version/explanations': planned,
  'GET /v1/plans/:version/resources': plannedLoads,
  'GET /v1/plans/:version/resources/:id/loads': plannedLoads,
  'GET /v1/plans/:version/map': plannedLoads,
  'GET /v1/plans/:version/compare': plannedLoads,
  'POST /v1/plans/runs': { who: { 'administration nation': 'DM', analyst: 'DM' } },
  'GET /v1/plans/runs': { who: { 'administration nation': VDM, analyst: VDM } },
  'GET /v1/plans/runs/:id': { who: { 'administration nation': VDM, analyst: VDM } },
  'DELETE /v1/plans/runs/:id': { who: { 'administration nation': 'DM', analyst: 'DM' } },
  'POST /v1/plans/runs/:id/publish': { who: { 'administration nation': 'M' } },
  'POST /v1/plans/:version/restore': { who: { 'administration nation': 'M' } },

  'POST /v1/tickets': shipping,
  'POST /v1/tickets/confirm': shipping,
  'POST /v1/tickets/cancel': shipping,
  'GET /v1/tickets': { who: ofTheGate },
  'GET /v1/tickets/summary': { who: ofTheGate },
  'GET /v1/tickets/:id': { who: ofTheGate },
  'GET /v1/changes': { who: ofTheGate },
  'PUT /v1/capacities': { who: { operator: 'DM' } },
  'GET /v1/arrivals': { who: { lastMile: VDM } },
  'GET /v1/acceptance': { who: { administration: VDM, operator: VDM } },
  'GET /v1/capacities/slots': { who: { administration: VDM, operator: VDM } },
  'GET /v1/capacities': { who: { administration: VDM, operator: VDM } },
  'POST /v1/capacities/:id/approve': { declaration: { administration: 'DM' } },
  'POST /v1/capacities/:id/reject': { declaration: { administration: 'DM' } },
  'POST /v1/capacities/:id/withdraw': { declaration: { operator: 'DM' } },
  'GET /v1/overhang': { who: { administration: VDM, operator: VDM } },
  'POST /v1/overhang/settle': { who: { administration: 'DM', operator: 'DM' } },
  'POST /v1/scans': { who: { operator: 'DM' } },
  'POST /epcis/v2/capture': { who: { operator: 'DM' } },
  'GET /epcis/v2/capture/:id': { who: { operator: VDM } },
  'GET /epcis/v2/events': { who: { administration: VDM, operator: VDM } },
  'GET /v1/network/state': watching,
  'GET /v1/network/changes': watching,
  'GET /v1/situation': watching,
  'GET /v1/situation/slots/:slot': watching,
  'GET /v1/situation/figures': watching,
  'GET /v1/hubs/:id': watching,
  'GET /v1/resources/:id/stock': watching,
  'GET /v1/resources/:id/flows': {
    who: { administration: VDM, operator: VDM, lastMile: VDM },
  },
  'POST /v1/parcels': shipping,
  'GET /v1/parcels': { who: { platform: VDM } },
  'GET /v1/parcels/:waybill': { who: { operator: VDM, platform: VDM } },
  'GET /v1/sources': { who: { administration: VDM, operator: VDM } },
  'GET /v1/quarantine': { who: { administration: VDM, operator: VDM } },
  'POST /v1/quarantine/redrive': { who: { operator: 'DM' } },
  'POST /v1/simulations': simulating('DM'),
  'GET /v1/simulations': simulating(VDM),
  'GET /v1/simulations/:id': simulating(VDM),
  'DELETE /v1/simulations/:id': simulating('DM'),
  'GET /v1/simulations/:id/curves': simulating(VDM),
  'GET /v1/simulations/:id/holds': simulating(VDM),
  'GET /v1/simulations/:id/hubs': simulating(VDM),
  'GET /v1/simulations/:id/hubs/:hub': simulating(VDM),
  'GET /v1/warnings': watching,
  'GET /v1/warnings/:id': watching,
  'GET /v1/warnings/changes': watching,
  'POST /v1/warnings': { who: { administration: 'DM' } },
  'POST /v1/warnings/:id/acknowledge': { who: { administration: 'DM', operator: 'DM' } },
  'POST /v1/warnings/:id/adjust': { who: { administration: 'DM' } },
  'POST /v1/warnings/:id/lift': { who: { administration: 'DM' } },
  'GET /v1/warnings/policy': { who: { administration: VDM, operator: VDM } },
  'PUT /v1/warnings/policy': { who: { 'administration nation': 'M' } },
  'POST /v1/webhooks': webhooks,
  'GET /v1/webhooks': webhooks,
  'GET /v1/webhooks/:id': webhooks,
  'PATCH /v1/webhooks/:id': webhooks,
  'DELETE /v1/webhooks/:id': webhooks,

  'POST /v1/session': open,
  'GET /v1/session/oidc': open,
  'GET /v1/session/oidc/callback': open,
  'GET /v1/session': { who: everybody(VDM) },
  'DELETE /v1/session': { who: everybody(VDM) },
  'GET /v1/organisations': { who: everybody(VDM) },
  'POST /v1/organisations': { who: { administration: 'M' } },
  'GET /v1/organisations/:id': {
    own: everybody(VDM),
    over: { administration: VDM, operator: VDM },
  },
  'PATCH /v1/organisations/:id': { over: { administration: 'M' } },
  'GET /v1/organisations/:id/keys': { own: everybody('M') },
  'POST /v1/organisations/:id/keys': { own: everybody('M') },
  'DELETE /v1/organisations/:id/keys/:key': { own: everybody('M') },
  'GET /v1/organisations/:id/accounts': { own: everybody('M'), over: managers },
  'POST /v1/organisations/:id/accounts': { own: everybody('M'), over: managers },
  'PATCH /v1/organisations/:id/accounts/:login': { own: everybody('M'), over: managers },
  'GET /v1/audit': { who: everybody('M') },
};

/** Of the organisations of access-world.ts: whom each is over. */
export const OVER: Readonly<Record<string, string>> = {
  SPB: 'ZJPA HZPA GDPA ZTO ZTO-ZJ ZTO-HZ YTO P1 P2 HZ-LOCKERS ZJ-EXPRESS LAB',
  ZJPA: 'HZPA ZTO-ZJ ZTO-HZ P2 HZ-LOCKERS ZJ-EXPRESS',
  HZPA: 'ZTO-HZ P2 HZ-LOCKERS',
  ZTO: 'ZTO-ZJ ZTO-HZ',
  'ZTO-ZJ': 'ZTO-HZ',
};

/** Declarations by who made them and the resource's region, and whom they concern. */
export const DECLARATIONS = [
  { id: 'd1', operator: 'ZTO', region: '330100', concerns: 'SPB ZJPA HZPA ZTO ZTO-ZJ ZTO-HZ' },
  { id: 'd2', operator: 'ZTO', region: '440300', concerns: 'SPB GDPA ZTO' },
  { id: 'd3', operator: 'YTO', region: '330100', concerns: 'SPB ZJPA HZPA YTO' },
];

export function mayAs(
  roles: Roles | undefined,
  { kind, level }: Organisation,
  role: string,
): boolean {
  const letters = roles?.[kind] ?? roles?.[`${kind} ${level}`] ?? '';
  return letters.includes(role[0].toUpperCase());
}
