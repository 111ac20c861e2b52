import { describeKills } from '../describe-kills.ts'
import { faultsSeed } from '../seed.ts'

describeKills(
  {
    seed: faultsSeed(),
    kills: { 'sink-worker': 14, 'score-worker': 10, 'report-cron': 6, 'ingest-api': 8, clickhouse: 6, broker: 6 },
    kafkaPerSecond: 1_150,
    httpPerSecond: 150,
    leastPerSecond: 1_000,
  },
  { timeoutMs: 3_600_000 },
)
