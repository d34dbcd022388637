import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The whole app on a display: vitest.end-to-end.config.ts.
    exclude: ['test/end-to-end/**'],
    // TensorFlow's native library is not safe to share between threads: one process a test file.
    pool: 'forks',
    isolate: true,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A run asked for on a machine without the tests' files must fail, not pass with nothing tested.
    passWithNoTests: false,
  },
});
