import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('counts for each process by itself, so that two services in one test share nothing', async () => {
  const [one, other] = [createMetrics({ processMetrics: false }), createMetrics({ processMetrics: false })]
  const settled = (metrics: typeof one) => metrics.counter('settled_total', 'Settled messages, by outcome', ['outcome'])
  settled(one).inc({ outcome: 'event' }, 2)
  settled(other).inc({ outcome: 'event' })
  one.gauge('lag_messages', 'Not fetched yet').set(7)
  one.histogram('insert_seconds', 'Time of an insert', [0.1, 1]).observe(0.5)
  const text = await one.text()
  expect(text).toContain('settled_total{outcome="event"} 2')
  expect(text).toContain('lag_messages 7')
  expect(text).toContain('insert_seconds_bucket{le="0.1"} 0')
  expect(text).toContain('insert_seconds_bucket{le="1"} 1')
  expect(await other.text()).toContain('settled_total{outcome="event"} 1')
  expect(await other.text()).not.toContain('lag_messages')
})

it('tells of the process itself where that is wanted', async () => {
  expect(await createMetrics().text()).toContain('process_cpu_seconds_total')
  expect(await createMetrics({ processMetrics: false }).text()).not.toContain('process_cpu')
})
