import { defineConfig } from 'vitest/config'

// Unit tests need no server and take seconds. Repository asks the compiler and the linter about every file, and statistics tries on many
// drawn cities what holds on average: no server either, but a minute or two.
// Integration and end-to-end tests share one real Kafka and one real ClickHouse, started once by the global set-up and told
// apart by a topic prefix and a database of their own. They run last; those that watch whole cities of processes one file at a time.
export default defineConfig({
  test: {
    // Every core: the default leaves one idle, which is half of a small machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // Nothing happens at import and nothing is global, so files share what they import instead of loading it once a file.
          isolate: false,
          // For what hangs, not for what is slow: a machine that does other things besides is no fault of a test.
          testTimeout: 30_000,
          include: [
            'packages/**/*.test.ts',
            'packages/**/*.test.tsx',
            'services/**/*.test.ts',
            'infra/**/*.test.ts',
            'test/*.test.ts',
            'test/gaming/*.test.ts',
            'test/harness/*.test.ts',
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
          name: 'repository',
          include: ['test/repository/*.test.ts'],
          testTimeout: 120_000,
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
          // They wait more than they work. Not more at once, since all ask the same two servers.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/faults/*.test.ts'],
          globalSetup: ['packages/testkit/src/global-stack.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
