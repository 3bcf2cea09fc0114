import { defineConfig } from 'vitest/config';
import { doors } from '../../vitest.config.ts';

/** `npm run test:e2e`: real kernels, a real JupyterLab, one test file at a time so that timings mean something. */
export default defineConfig({
  resolve: { alias: doors },
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/support/python-environment.ts'],
    fileParallelism: false,
    env: { LABMILL_HISTORY: 'off' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
