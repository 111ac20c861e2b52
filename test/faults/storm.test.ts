import { describeStorms } from './describe-storms.ts'

// The brief one. The long one is test/faults/long/storm.test.ts.

describeStorms({ seed: 'short', moves: 8, kafkaPerSecond: 400, httpPerSecond: 50 }, { timeoutMs: 600_000 })
