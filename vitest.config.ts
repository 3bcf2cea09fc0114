import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/** The package's public doors, resolved to their sources so that tests need no build. */
export const doors = [
  { find: /^labmill$/, replacement: src('index.ts') },
  { find: /^labmill\/vitest$/, replacement: src('testing/vitest/index.ts') },
  { find: /^labmill\/([a-z]+)$/, replacement: src('$1/index.ts') },
];

/** What `npm test` runs; the end-to-end and interop suites have configurations of their own. */
export default defineConfig({
  resolve: { alias: doors },
  test: {
    include: ['tests/**/*.test.ts', 'lab*/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/out/**', 'tests/interop/**', 'tests/e2e/**', 'tests/image/**'],
    setupFiles: ['tests/support/fixed-seed.ts'],
    testTimeout: 20_000,
    coverage: { include: ['src/**'], reporter: ['text-summary', 'html'], reportsDirectory: 'coverage' },
  },
});
