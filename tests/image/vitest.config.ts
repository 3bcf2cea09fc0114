import { defineConfig } from 'vitest/config';
import { doors } from '../../vitest.config.ts';

/** `npm run test:image`: the image of the Dockerfile, built and run, one test file at a time. */
export default defineConfig({
  resolve: { alias: doors },
  test: {
    include: ['tests/image/**/*.test.ts'],
    globalSetup: ['tests/image/prepare.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
