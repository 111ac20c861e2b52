import { describeStops } from './describe-stops.ts'

// The short one: each service is told to stop once, and once twice. The long one is test/faults/long/told-to-stop.test.ts.

describeStops({ seed: 'short', rounds: 1, kafkaPerSecond: 500, httpPerSecond: 100 }, { timeoutMs: 400_000 })
