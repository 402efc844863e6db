import { defineConfig } from 'vitest/config';

/** Takes a module's place for all that runs beside it. */
const ALONE = ['test/render/plain.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // As many workers as the machine has cores; left alone vitest keeps one core free, which of two is half.
    maxWorkers: '100%',
    projects: [
      // Files share what they import, and code that is warm, which saves a quarter of the time: none may leave anything behind.
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: ALONE, isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
