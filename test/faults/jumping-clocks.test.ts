import { attendanceTopic } from '@bina/events/topics'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { clockIn } from '../harness/plain-events.ts'
import { allKept, keptOf, type SteadyPunches, startSteadyPunches, untilStored } from '../harness/steady-punches.ts'
import { endOfWorkerProcess, startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const inJakarta = (ms: number) => {
  const local = new Date(ms + 7 * hourMs).toISOString()
  return { date: local.slice(0, 10), at: local.slice(11, 16) }
}
const soon = (what: string) => ({ withinMs: 120_000, what })

describe("the clock of a worker's machine jumps while events flow", () => {
  let city: TestCity
  let worker: WorkerProcess
  let load: SteadyPunches

  const settings = () => ({
    NODE_OPTIONS: `--import ${new URL('../harness/jumping-clock.mjs', import.meta.url).href}`,
    KAFKA_BROKERS: inject('kafkaBrokers'),
    KAFKA_TOPIC_PREFIX: city.topicPrefix,
    CLICKHOUSE_URL: `${inject('clickhouseUrl')}/${city.database}`,
    SINK_SESSION_TIMEOUT_MS: '6000',
    SINK_SWEEP_MS: '1000',
    CONSUMER_STALL_EXIT_MS: '20000',
  })
  const startWorker = async () => {
    worker = await startWorkerProcess('sink-worker', settings())
  }
  const deadLetters = () =>
    city.rows<{ topic: string; reason: string; letters: number }>(
      'SELECT topic, reason, count() AS letters FROM dead_letter GROUP BY topic, reason ORDER BY topic, reason',
    )
  const jump = async (shiftMs: number) => {
    // Where it has ended, its words are what one wants to read.
    expect(await Promise.race([worker.exited, 'runs']), worker.output()).toBe('runs')
    worker.tell({ kind: 'clock', shiftMs })
    const { nowMs } = await worker.next<{ nowMs: number }>('clock_is')
    expect(Math.abs(nowMs - Date.now() - shiftMs)).toBeLessThan(5_000)
  }
  const caughtUp = () => untilStored(city, load)
  const flow = async (more: number) => {
    const before = load.acknowledged.size
    await until(() => load.acknowledged.size > before + more, soon('more events'))
    await caughtUp()
  }

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: Date.now,
      sinkWorkers: 0,
      scoreWorkers: 0,
    })
    await startWorker()
    load = startSteadyPunches(city, { perSecond: 200, when: () => inJakarta(Date.now()) })
    await flow(300)
  }, 120_000)

  afterAll(async () => {
    await load?.stop()
    await worker?.kill()
    await city?.stop()
  })

  it.each([
    ['five seconds back, as NTP may step', -5_000],
    ['half an hour ahead', 30 * minuteMs],
  ])('%s: what flows is stored all the same, by the same worker', async (_, shiftMs) => {
    const { pid } = worker
    await jump(shiftMs)
    await flow(400)
    await until(async () => (await worker.readyz()).status === 200, soon('a worker that is ready'))
    expect(worker.pid).toBe(pid)
  })

  it('judges an event by the time of its record, not by a clock that is ahead: what lies in the future is set aside', async () => {
    const when = inJakarta(Date.now() + dayMs + 10 * minuteMs)
    await city.publish([clockIn('from-the-future', { person: 'number_future', ...when })])
    await until(
      async () => (await deadLetters()).length === 1,
      soon('the event from the future among the dead letters'),
    )
    expect(await deadLetters()).toEqual([{ topic: attendanceTopic, reason: 'time_in_future', letters: 1 }])
  })

  it('three days ahead: the worker ends with the reason, that Kafka takes nothing from a publisher so far ahead or that ClickHouse has another day, and one with a true clock goes on', async () => {
    await jump(3 * dayMs)
    expect(await worker.exited).toEqual({ code: 1, signal: null })
    expect(worker.output()).toMatch(
      /The timestamp of the message is out of acceptable range|ClickHouse's says .* apart/,
    )
    await startWorker()
    await flow(300)
  })

  it('25 hours back: true clock-ins would lie in the future, so the worker ends with the reason, and sets none aside before it has found out', async () => {
    const before = { letters: await deadLetters(), acknowledged: load.acknowledged.size }
    await jump(-25 * hourMs)
    expect(await worker.exited).toEqual({ code: 1, signal: null })
    expect(worker.output()).toMatch(/ClickHouse's says .* 25 hours apart: .*timedatectl/)
    // Some came while it did not know yet.
    expect(load.acknowledged.size).toBeGreaterThan(before.acknowledged)
    const next = await endOfWorkerProcess('sink-worker', { ...settings(), CLOCK_SHIFT_MS: String(-25 * hourMs) })
    expect(next).toMatchObject({ code: 1, signal: null })
    expect(next.output).toMatch(/cannot start, and waiting does not help: .* 25 hours apart/)
    expect(await deadLetters()).toEqual(before.letters)
    await startWorker()
    await flow(300)
    expect(await deadLetters()).toEqual(before.letters)
  })

  it('an hour back: kafkajs sends no heartbeat before its clock has come so far again, so the worker says so, ends, and the next one goes on', async () => {
    const { pid } = worker
    const saysSo = (withinMs: number) =>
      until(async () => (await worker.readyz().catch(() => ({ status: 503 }))).status === 503, {
        withinMs,
        what: 'a worker that says so',
      }).then(
        () => true,
        () => false,
      )
    // A heartbeat that is on its way as the clock jumps is noted by the new time, and nothing happens; then the clock goes back once more.
    let hours = 0
    do await jump(-++hours * hourMs)
    while (!(await saysSo(60_000)) && hours < 5)
    expect(hours, worker.output().slice(-5_000)).toBeLessThan(5)
    expect(await worker.exited).toEqual({ code: 1, signal: null })
    expect(worker.output()).toContain('its group has answered no heartbeat')
    await startWorker()
    expect(worker.pid).not.toBe(pid)
    await flow(300)
  })

  it('has every acknowledged event once in the end, and set nothing else aside', async () => {
    await load.stop()
    await caughtUp()
    expect(await keptOf(city, [load])).toEqual({ ...allKept, deadLetters: 1, deadLettersOnTopic: 1 })
  })
})
