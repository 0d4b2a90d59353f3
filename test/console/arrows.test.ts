import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SOURCE = new URL('../../console/src/', import.meta.url);

test('the console takes types and the client of the API, and nothing else of the server', () => {
  const files = readdirSync(SOURCE, { recursive: true }).map(String);
  const code = files.filter((file) => /\.tsx?$/.test(file));
  expect(code.length).toBeGreaterThan(20);
  const arrows = code.flatMap((file) =>
    [...readFileSync(new URL(file, SOURCE), 'utf8').matchAll(IMPORT)]
      .filter(([, , from]) => from.includes('/src/'))
      .map(([, kind, from]) => `${file}: import ${kind ?? ''}${from.replace(/^[./]+/, '')}`),
  );
  expect(arrows.length).toBeGreaterThan(5);
  const wrong = arrows.filter((arrow) => !ALLOWED.test(arrow));
  expect(wrong).toEqual([]);
});

const IMPORT = /import (type )?[^;]*?from '([^']+)'/g;
/** Schemas as types; the client as it is. */
const ALLOWED =
  /: import (type src\/edge\/http\/(\w+\/)*(\w+-)?schema|(type )?src\/client\/(api|caller))\.ts$/;
