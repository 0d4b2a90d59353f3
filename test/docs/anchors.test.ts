import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Documents at the root, and folders whose documents count. */
const DOCUMENTS = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...['docs', 'data', 'examples'].flatMap((folder) => filesIn(folder, /\.md$/)),
];
const CODE = ['src', 'console/src', 'test', 'bench', 'examples'].flatMap((folder) =>
  filesIn(folder, /\.(ts|tsx|mjs|json|py)$/),
);

function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((name) => pattern.test(name));
}

/** The anchors that a document's headings make: lower case, punctuation left out, hyphens for spaces. */
function anchorsOf(document: string): Set<string> {
  const headings = [...readFileSync(document, 'utf8').matchAll(/^#+ (.+)$/gm)];
  return new Set(
    headings.map(([, text]) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What is wrong with a reference from `place` to a file and perhaps an anchor in it. */
function fault(place: string, file: string, anchor: string | undefined): string[] {
  if (!existsSync(file)) return [`${place}: there is no ${file}`];
  if (anchor === undefined || anchorsOf(file).has(anchor)) return [];
  return [`${place}: ${file} has no #${anchor}`];
}

test('the documents and anchors that the code cites exist', () => {
  const citation = /\b(docs\/[\w/-]+\.md)((?:#[\w-]+)(?:, #[\w-]+)*)?/g;
  const cited = CODE.flatMap((place) =>
    [...readFileSync(place, 'utf8').matchAll(citation)].flatMap(([, file, anchors]) =>
      (anchors?.split(', ') ?? [undefined]).map((anchor) => ({ place, file, anchor })),
    ),
  );
  expect(cited.filter(({ anchor }) => anchor !== undefined).length).toBeGreaterThan(10);
  const faults = cited.flatMap((c) => fault(c.place, c.file, c.anchor?.slice(1)));
  expect(faults).toEqual([]);
});

test('the links of the documents lead somewhere', () => {
  const link = /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g;
  const links = DOCUMENTS.flatMap((place) =>
    [...readFileSync(place, 'utf8').matchAll(link)].map(([, file, anchor]) => ({
      place,
      file: file === '' ? place : normalize(join(dirname(place), file)),
      anchor,
    })),
  );
  expect(links.length).toBeGreaterThan(20);
  expect(links.flatMap((l) => fault(l.place, l.file, l.anchor))).toEqual([]);
});
