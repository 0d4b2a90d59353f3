import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import fastify from 'fastify';
import { build } from 'vite';
import { addSecurityHeaders } from '../../src/edge/http/headers.js';
import { servePages } from '../../src/edge/http/pages.js';
import type { BenchNetwork } from './network.js';

const ROOT = new URL('.', import.meta.url).pathname;
const PUBLIC = new URL('../../console/public/', import.meta.url).pathname;

export interface ServedMap {
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the map's page and serves it as the product serves its pages, with the same headers. */
export async function serveMap(network: BenchNetwork): Promise<ServedMap> {
  const folder = await mkdtemp(join(tmpdir(), 'cuofeng-map-'));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: PUBLIC,
    plugins: [react()],
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
  });
  await writeFile(join(folder, 'assets', 'network.json'), JSON.stringify(network));
  const app = fastify();
  addSecurityHeaders(app);
  await servePages(app, folder);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    async stop() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
