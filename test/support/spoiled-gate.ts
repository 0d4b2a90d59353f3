import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import type { Rooms } from './gate-drill.js';

/** In a file of the room, one piece of text, which must occur once, becomes another. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A planted bug. */
export interface Bug extends Edit {
  readonly name: string;
}

/** What the gate imports from other rooms. */
const OTHERS = [
  'src/network/scenario.ts',
  'src/plan/slot-table.ts',
  'src/plan/shares.ts',
  'src/units/held.ts',
];

/** Loads the gate with a bug planted. */
export async function spoiledGate(bug: Bug): Promise<Rooms> {
  const [gate, state, replay] = await spoiledModules(bug.name, [bug], GATE);
  return { Gate: gate.Gate, GateState: state.GateState, replay: replay.replay };
}

const GATE = ['gate.js', 'gate-state.js', 'replay.js'];

/** Loads modules of a room, by their paths in it, with texts replaced; `others` are files it imports from other rooms. */
export async function spoiledModules(
  name: string,
  edits: readonly Edit[],
  modules: readonly string[],
  room = 'src/gate',
  others: readonly string[] = OTHERS,
) {
  const folder = mkdtempSync(join(tmpdir(), 'spoiled-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const file of [...sources(room), ...others]) {
      const text = edits
        .filter((edit) => file === `${room}/${edit.file}`)
        .reduce((source, edit) => planted(source, name, edit), readFileSync(file, 'utf8'));
      const { code } = transformSync(text, {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
      });
      const target = join(folder, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, code);
    }
    const load = (path: string) =>
      import(/* @vite-ignore */ pathToFileURL(join(folder, room, path)).href);
    return await Promise.all(modules.map(load));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All of a room, folders in it too. */
function sources(room: string): string[] {
  const names = readdirSync(room, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${room}/${name}`);
}

function planted(source: string, name: string, { find, replace }: Edit): string {
  if (source.split(find).length !== 2) throw new Error(`${name}: "${find}" does not occur once`);
  return source.replace(find, () => replace);
}
