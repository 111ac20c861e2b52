import { describeStops } from '../describe-stops.ts'
import { faultsSeed } from '../seed.ts'

describeStops({ seed: faultsSeed(), rounds: 3, kafkaPerSecond: 1_000, httpPerSecond: 150 }, { timeoutMs: 3_600_000 })
