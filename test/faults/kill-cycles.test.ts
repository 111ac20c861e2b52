import { describeKills } from './describe-kills.ts'

// The brief one: each process dies once or twice, in a named window. The long one is test/faults/long/kill-cycles.test.ts.

describeKills(
  {
    seed: 'short',
    kills: { 'sink-worker': 2, 'score-worker': 1, 'report-cron': 1, 'ingest-api': 1, clickhouse: 1, broker: 1 },
    kafkaPerSecond: 500,
    httpPerSecond: 100,
    leastPerSecond: 100,
  },
  { timeoutMs: 600_000 },
)
