import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, test } from 'vitest';
import { unauthorised } from '../../../src/edge/access/authenticate.js';
import { type Guarded, guardPolicies } from '../../../src/edge/access/guard.js';
import { POLICIES, type Policy } from '../../../src/edge/access/policies.js';
import {
  KINDS,
  type Organisation,
  type Principal,
  type Role,
} from '../../../src/edge/access/principal.js';
import { answerProblems } from '../../../src/edge/http/problem.js';
import { ORGANISATIONS } from '../../support/access-world.js';
import { DECLARATIONS, EXPECTED, type Expected, mayAs, OVER } from './expected-access.js';

const ROLES: readonly Role[] = ['viewer', 'dispatcher', 'manager'];
const ALL = new Map<string, Organisation>(
  ORGANISATIONS.map((each) => [
    each.id,
    each.kind === 'operator' ? { ...each, operator: each.id.split('-')[0] } : each,
  ]),
);

/** The key of somebody is `organisation/role`. */
const GUARDED: Guarded = {
  authenticator: {
    ofKey: async (secret): Promise<Principal> => {
      const [id, role] = secret.split('/');
      const organisation = ALL.get(id);
      const known = ROLES.find((each) => each === role);
      if (!organisation || !known) throw unauthorised();
      return { organisation, actor: 'key', role: known };
    },
    ofSession: () => Promise.reject(unauthorised()),
  },
  findOrganisation: async (id) => ALL.get(id),
  findDeclaration: async (id) => {
    const found = DECLARATIONS.find((each) => each.id === id);
    return found && { owner: found.operator, operator: found.operator, regions: [found.region] };
  },
};

/** A server with the routes of a table, each answering 200 to whom it lets in. */
async function serverOf(policies: Readonly<Record<string, Policy>>): Promise<FastifyInstance> {
  const app = fastify();
  answerProblems(app);
  await guardPolicies(app, GUARDED, policies);
  for (const name of Object.keys(policies)) {
    const [method, url] = name.split(' ');
    app.route({ method, url, handler: async () => 'in' });
  }
  return app;
}

/** What each cell of a route should answer: 401 nobody, 403 not such as you, 404 not yours. */
function* cellsOf(expected: Expected): Generator<{ key?: string; id: string; status: number }> {
  const { who, own, over, declaration } = expected;
  const free = who === 'local' || who === 'public';
  const ids =
    own || over ? [...ALL.keys(), 'nobody'] : declaration ? ['d1', 'd2', 'd3', 'd4'] : ['x'];
  for (const id of ids) {
    yield { id, status: free ? 200 : 401 };
    for (const organisation of ALL.values()) {
      for (const role of ROLES) {
        const may = (roles: typeof own) => mayAs(roles, organisation, role);
        const isOver = OVER[organisation.id]?.split(' ').includes(id) ?? false;
        const isConcerned = DECLARATIONS.some(
          (each) => each.id === id && each.concerns.split(' ').includes(organisation.id),
        );
        const isIn =
          free ||
          may(who) ||
          (may(own) && organisation.id === id) ||
          (may(over) && isOver) ||
          (may(declaration) && isConcerned);
        const mightBe = may(own) || may(over) || may(declaration);
        const key = `${organisation.id}/${role}`;
        yield { key, id, status: isIn ? 200 : mightBe ? 404 : 403 };
      }
    }
  }
}

/** Cells in which a server answers otherwise than expected, and how many there are. */
async function tryCells(
  app: FastifyInstance,
  name: string,
): Promise<{ wrong: string[]; cells: number }> {
  const wrong: string[] = [];
  let cells = 0;
  for (const { key, id, status } of cellsOf(EXPECTED[name])) {
    const response = await app.inject({
      ...askedOf(name, id),
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
    cells += 1;
    if (response.statusCode !== status) {
      wrong.push(`${name} as ${key} of ${id}: ${response.statusCode}, not ${status}`);
    }
  }
  return { wrong, cells };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function askedOf(name: string, id: string) {
  const [verb, route] = name.split(' ');
  const method = METHODS.find((each) => each === verb);
  if (!method) throw new Error(`${verb} is not tried`);
  const url = route
    .replace(/:page\(.*\)/, 'page')
    .replace('*', 'file')
    .replace(':id', id)
    .replaceAll(/:\w+/g, 'x');
  return { method, url };
}

describe('P12: the authorisation matrix', () => {
  test('every route of the server has an expected cell', () => {
    expect(Object.keys(EXPECTED).toSorted()).toEqual(Object.keys(POLICIES).toSorted());
  });

  test('every route × kind and level × role × relation', async () => {
    const app = await serverOf(POLICIES);
    let cells = 0;
    for (const name of Object.keys(EXPECTED)) {
      const tried = await tryCells(app, name);
      expect(tried.wrong).toEqual([]);
      cells += tried.cells;
    }
    expect(cells).toBeGreaterThan(5000);
  });

  test('what is local answers nobody elsewhere', async () => {
    const app = await serverOf(POLICIES);
    for (const name of Object.keys(EXPECTED).filter((each) => EXPECTED[each].who === 'local')) {
      const authorization = 'Bearer SPB/manager';
      const response = await app.inject({
        ...askedOf(name, 'x'),
        remoteAddress: '192.0.2.1',
        headers: { authorization },
      });
      expect(response.statusCode, name).toBe(403);
    }
  });

  test('a foreign id and one that is not there are answered with the same bytes (P11)', async () => {
    const app = await serverOf(POLICIES);
    const ask = async (url: string) => {
      const { statusCode, headers, body } = await app.inject({
        url,
        headers: { authorization: 'Bearer P1/manager' },
      });
      return { statusCode, body, headers: { ...headers, date: '' } };
    };
    expect(await ask('/v1/organisations/P2')).toEqual(await ask('/v1/organisations/P3'));
    expect(await ask('/v1/organisations/P2/keys')).toEqual(await ask('/v1/organisations/P3/keys'));
  });
});

describe('planted bugs of the table are seen', () => {
  const guarded = Object.keys(EXPECTED).filter((name) => typeof POLICIES[name] !== 'string');

  test.each(guarded)('%s opened to whoever is signed in', async (name) => {
    const { own, over, declaration, who = {} } = EXPECTED[name];
    // Where all of them may in any case, it is the same.
    const app = await serverOf({ ...POLICIES, [name]: 'signedIn' });
    const { wrong } = await tryCells(app, name);
    const isForAll =
      typeof who === 'object' &&
      Object.values(who).filter((r) => r === 'VDM').length === KINDS.length;
    expect(wrong.length > 0).toBe(Boolean(own ?? over ?? declaration) || !isForAll);
  });

  test.each(
    guarded.filter((name) => name.includes('/:id') && typeof EXPECTED[name].who !== 'object'),
  )('%s that does not ask what it is about', async (name) => {
    const policy = POLICIES[name];
    if (typeof policy === 'string') throw new Error('it is about nothing');
    const app = await serverOf({ ...POLICIES, [name]: { cells: policy.cells } });
    expect((await tryCells(app, name)).wrong.length).toBeGreaterThan(0);
  });
});
