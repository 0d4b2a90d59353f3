/**
 * Arrows point to the floor and to earlier rooms (ARCHITECTURE.md). The console's are checked by
 * test/console/arrows.test.ts: the parser used here does not read TSX.
 */
const rooms = [
  'units',
  'network',
  'solver',
  'certify',
  'plan',
  'gate',
  'track',
  'warn',
  'world',
  'client',
  'edge',
];

/** What each room may import beside itself. */
const may = {
  units: [],
  network: ['units'],
  solver: ['units'],
  certify: ['units', 'network'],
  plan: ['units', 'network', 'solver'],
  gate: ['units', 'network', 'plan'],
  track: ['units', 'network'],
  warn: ['units', 'network'],
  world: ['units', 'network', 'plan'],
  client: [],
  edge: rooms,
};

export default {
  forbidden: [
    ...rooms
      .filter((room) => room !== 'edge')
      .map((room) => ({
        name: `${room}-arrows`,
        severity: 'error',
        from: { path: `^src/${room}/` },
        to: { path: `^src/(?!(${[room, ...may[room]].join('|')})/)` },
      })),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.tsx$' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
