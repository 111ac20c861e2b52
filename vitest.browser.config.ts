import { defineConfig } from 'vitest/config'

// What wants a browser, which not every machine has: npm run test:browser.
export default defineConfig({
  test: {
    name: 'browser',
    include: ['packages/**/*.browser.test.ts', 'services/**/*.browser.test.ts', 'test/**/*.browser.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
})
