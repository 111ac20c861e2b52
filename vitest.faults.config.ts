import { defineConfig } from 'vitest/config'

// Faults that take a quarter of an hour and more: npm run test:faults. npm test has a short version of each.
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
