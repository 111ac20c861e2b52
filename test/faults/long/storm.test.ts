import { describeStorms } from '../describe-storms.ts'
import { faultsSeed } from '../seed.ts'

describeStorms({ seed: faultsSeed(), moves: 80, kafkaPerSecond: 1_000, httpPerSecond: 100 }, { timeoutMs: 3_600_000 })
