import { sinkStage } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishFirst } from '../harness/acknowledged-load.ts'
import { createLoadCity } from '../harness/load-events.ts'
import { type ProcessCity, startProcessCity } from '../harness/process-city.ts'
import { committedBy, sumOf } from './committed-by.ts'
import { faultWindows } from './windows.ts'

// Less than where nothing is set, so that the next worker need not wait long for the place of the first one, which could not leave it.
const budgetMs = 12_000

describe('a sink-worker that is told to stop while the broker is away, with rows that are stored and not handed on yet', () => {
  const { directory } = createLoadCity(new Date().toISOString().slice(0, 10))
  let city: ProcessCity
  let exitCode: number | null
  let stopTookMs: number
  let words: string

  beforeAll(async () => {
    city = await startProcessCity({
      services: ['sink-worker'],
      env: { SHUTDOWN_TIMEOUT_MS: String(budgetMs), SINK_SESSION_TIMEOUT_MS: String(budgetMs + 1_000) },
    })
    const window = faultWindows.find(
      ({ target, name }) => target === 'sink-worker' && name === 'between the insert and the publish of touched keys',
    )
    const hold = window?.arm(city)
    await publishFirst(city.kafka, city.topicPrefix, directory)
    await hold?.caught
    await city.kill('broker')
    hold?.release()
    const sink = city.process('sink-worker')
    await until(() => sink.output().includes('Failed to connect to seed broker'), {
      ...{ withinMs: 60_000, what: 'a worker that cannot reach the broker' },
    })
    city.expectEnd(sink)
    const toldAtMs = performance.now()
    exitCode = await sink.stop()
    stopTookMs = performance.now() - toldAtMs
    words = sink.output()
  }, 180_000)

  afterAll(() => city?.stop())

  it('ends within its budget, and well', () => {
    expect(exitCode, words).toBe(0)
    expect(stopTookMs, words).toBeLessThan(budgetMs)
  })

  it('has what it left off come again', async () => {
    await city.start('broker')
    await city.start('sink-worker')
    const committed = async () => sumOf(await committedBy(city, sinkStage(city.topicPrefix, 'live')))
    await until(async () => (await committed()) >= directory.length, {
      ...{ withinMs: 60_000, what: 'every entry of the directory', everyMs: 250 },
    })
    const [stored] = await city.rows<{ events: number }>(
      'SELECT uniqExact(source, id) AS events FROM event_store FINAL',
    )
    expect(stored?.events).toBe(directory.length)
  }, 120_000)
})
