import { defineConfig } from 'vitest/config'

// Unit tests need no server, nor do statistics: claims that hold on average, tried on many drawn cities, in a minute or two.
// Integration and end-to-end tests share one real Kafka and one real ClickHouse, started once by the global set-up and told
// apart by a topic prefix and a database of their own.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'packages/**/*.test.ts',
            'packages/**/*.test.tsx',
            'services/**/*.test.ts',
            'infra/**/*.test.ts',
            'test/*.test.ts',
            'test/gaming/*.test.ts',
          ],
          exclude: [
            '**/node_modules/**',
            '**/*.integration.test.ts',
            '**/*.statistics.test.ts',
            '**/*.browser.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'statistics',
          include: ['packages/**/*.statistics.test.ts', 'test/**/*.statistics.test.ts'],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['packages/**/*.integration.test.ts', 'services/**/*.integration.test.ts'],
          globalSetup: ['packages/testkit/src/global-stack.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/faults/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/global-stack.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
