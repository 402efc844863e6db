import { defineConfig } from 'vitest/config';

// As many workers as the machine has cores; left alone vitest keeps one core free, which of two is half.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 180_000, hookTimeout: 180_000, maxWorkers: '100%' },
});
