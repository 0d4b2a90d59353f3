import { defineConfig } from 'vitest/config';

/** Tests of the running product share one that is started once. */
const PRODUCT = 'test/console/product/**/*.test.ts';

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [PRODUCT],
          globalSetup: ['test/support/postgres-server.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: [PRODUCT],
          globalSetup: ['test/support/product-server.ts'],
        },
      },
    ],
  },
});
