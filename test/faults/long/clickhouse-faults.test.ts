import { describeClickHouseFaults } from '../describe-clickhouse-faults.ts'

describeClickHouseFaults({ awaySeconds: 300, slowMs: 8_000, slowForInserts: 20 })
