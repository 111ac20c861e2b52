import { describeClickHouseFaults } from './describe-clickhouse-faults.ts'

// For minutes each: npm run test:faults
describeClickHouseFaults({ awaySeconds: 12, slowMs: 3_000, slowForInserts: 3 })
