import { defineConfig } from 'vitest/config';

// The real app on a virtual display, one at a time: `npm test -- test/end-to-end` starts the display.
export default defineConfig({
  test: {
    include: ['test/end-to-end/**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
