import { defineConfig } from 'vitest/config'

// Faults that take a quarter of an hour and more; npm test has brief ones: npm run test:faults.
export default defineConfig({
  test: {
    name: 'faults',
    include: ['test/faults/long/*.test.ts'],
    globalSetup: ['packages/testkit/src/global-stack.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
  },
})
