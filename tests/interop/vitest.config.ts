import { defineConfig } from 'vitest/config';
import { doors } from '../../vitest.config.ts';

/** `npm run test:interop`: the same files and messages, read by Jupyter's and Python's own tools. */
export default defineConfig({
  resolve: { alias: doors },
  test: {
    include: ['tests/interop/**/*.test.ts'],
    globalSetup: ['tests/support/python-environment.ts'],
    fileParallelism: false,
    env: { LABMILL_HISTORY: 'off' },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
