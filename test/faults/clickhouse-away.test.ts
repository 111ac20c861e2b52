import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deadLetterTopic, eventTopics, topicName } from '@bina/events/topics'
import { type ClickHouseServer, startClickHouse } from '@bina/local-stack/clickhouse-server'
import { groups } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { type OwnProcess, startOwnProcess } from '../harness/own-process.ts'
import { clockIn } from '../harness/plain-events.ts'

const soon = (what: string) => ({ withinMs: 60_000, what })
const sha256 = (password: string) => createHash('sha256').update(password).digest('hex')

interface Readiness {
  readonly status: number
  readonly reason: string
}

/** What the broker holds, as an operator would ask it. */
interface Broker {
  /** Messages committed by the sink. */
  readonly committed: number
  readonly deadLetters: number
}

describe('ClickHouse goes away while events flow', () => {
  let dataDir: string
  let clickhouse: ClickHouseServer
  let city: TestCity
  let worker: OwnProcess
  let published = 0
  const seen: Record<string, unknown> = {}

  /** On the same ports and data as before, as a server comes back. */
  const bringUp = async (password: string) => {
    const ports =
      clickhouse === undefined ? {} : { httpPort: Number(new URL(clickhouse.url).port), tcpPort: clickhouse.tcpPort }
    const users = [{ name: 'bina_write', passwordSha256: sha256(password) }]
    clickhouse = await startClickHouse({ dataDir, users, maxMemoryBytes: 1024 ** 3, ...ports })
  }
  const startWorker = async (password: string) => {
    const started = startOwnProcess(new URL('../../services/sink-worker/src/main.ts', import.meta.url), {
      env: {
        KAFKA_BROKERS: inject('kafkaBrokers'),
        KAFKA_TOPIC_PREFIX: city.topicPrefix,
        CLICKHOUSE_URL: `${clickhouse.url}/${city.database}`,
        CLICKHOUSE_USER: 'bina_write',
        CLICKHOUSE_PASSWORD: password,
        SINK_SESSION_TIMEOUT_MS: '6000',
        SHUTDOWN_TIMEOUT_MS: '5000',
      },
    })
    await started.next('started')
    return started
  }
  const address = () => /"address":"([^"]+)"/.exec(worker.output())?.[1] ?? ''
  const readiness = async (): Promise<Readiness> => {
    const answer = await fetch(`${address()}/readyz`, { headers: { connection: 'close' } })
    return { status: answer.status, reason: await answer.text() }
  }
  const isReady = async () => (await readiness()).status === 200
  const publish = async (count: number) => {
    const punches = Array.from({ length: count }, (_, at) => {
      const number = String(published + at).padStart(5, '0')
      return clockIn(`in-${number}`, { person: `number_${number}`, unitId: `16.71.05.${1001 + (at % 9)}` })
    })
    await city.publish(punches)
    published += count
  }
  const storedIds = async () =>
    (await city.rows<{ id: string }>('SELECT id FROM events')).map(({ id }) => id).toSorted()
  const isAllStored = async () => (await storedIds()).length === published
  const broker = async (): Promise<Broker> => {
    const admin = city.kafka.admin()
    await admin.connect()
    const topics = eventTopics.map(({ name }) => topicName(city.topicPrefix, name))
    const groupTopics = await admin.fetchOffsets({ groupId: groups.sink(city.topicPrefix), topics })
    const letters = await admin.fetchTopicOffsets(city.topicPrefix + deadLetterTopic)
    await admin.disconnect()
    const offsets = groupTopics.flatMap(({ partitions }) => partitions.map(({ offset }) => Math.max(0, Number(offset))))
    const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
    return { committed: sum(offsets), deadLetters: sum(letters.map(({ high }) => Number(high))) }
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'bina-away-'))
    await bringUp('first secret')
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: clickhouse.url,
      clock: Date.now,
      sinkWorkers: 0,
      scoreWorkers: 0,
    })
    worker = await startWorker('first secret')
    await publish(300)
    await until(isAllStored, soon('what came before'))
    await until(async () => (await broker()).committed === published, soon('its commit'))
    seen.readyBefore = await readiness()

    // Away while messages come in, and more of them come while it is.
    await Promise.all([publish(200), clickhouse.kill()])
    await until(async () => !(await isReady()), soon('a worker that says that it waits'))
    seen.brokerAtFirst = await broker()
    await publish(200)
    await until(
      async () => /waiting for ([2-9]|\d\d) s/.test((await readiness()).reason),
      soon('two seconds of waiting'),
    )
    seen.readyWhileAway = await readiness()
    seen.aliveWhileAway = (await fetch(`${address()}/livez`, { headers: { connection: 'close' } })).status
    seen.brokerWhileAway = await broker()

    await bringUp('first secret')
    await until(isAllStored, soon('everything that came meanwhile'))
    await until(isReady, soon('a worker that is ready again'))
    await until(async () => (await broker()).committed === published, soon('the commit of all'))
    seen.storedAfter = await storedIds()
    seen.pidAfter = worker.pid

    // Back, but with another password: no waiting helps against that.
    await clickhouse.kill()
    await bringUp('second secret')
    await publish(100)
    seen.endOnPassword = await worker.exited
    seen.wordsOnPassword = worker.output()
    seen.brokerOnPassword = await broker()
    worker = await startWorker('first secret')
    seen.endAgain = await worker.exited
    seen.brokerAgain = await broker()

    worker = await startWorker('second secret')
    await until(isAllStored, soon('everything, once the password is right'))
    await until(async () => (await broker()).committed === published, soon('the last commit'))
  }, 240_000)

  afterAll(async () => {
    await worker?.kill()
    await city?.stop()
    await clickhouse?.kill()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('finds a worker that lives, waits, and says what for', () => {
    expect(seen.readyBefore).toEqual({ status: 200, reason: '{"status":"ready"}' })
    expect(seen.aliveWhileAway).toBe(200)
    const { status, reason } = seen.readyWhileAway as Readiness
    expect(status).toBe(503)
    expect(JSON.parse(reason)).toEqual({
      status: 'not_ready',
      reasons: { consumer: expect.stringMatching(/^waiting for \d+ s: .*(ECONNREFUSED|socket hang up|ECONNRESET)/) },
    })
  })

  it('sets nothing aside and commits nothing while it waits', () => {
    expect(seen.brokerWhileAway).toEqual(seen.brokerAtFirst)
    const { committed, deadLetters } = seen.brokerWhileAway as Broker
    expect(deadLetters).toBe(0)
    expect(committed).toBeGreaterThanOrEqual(300)
    expect(committed).toBeLessThan(700)
  })

  it('has stored everything once when ClickHouse is back, by the same process', () => {
    const ids = Array.from({ length: 700 }, (_, at) => `in-${String(at).padStart(5, '0')}`)
    expect(seen.storedAfter).toEqual(ids)
  })

  it('stops with the reason when its password is refused: nothing is set aside, nothing committed', () => {
    expect(seen.endOnPassword).toEqual({ code: 1, signal: null })
    expect(seen.wordsOnPassword).toMatch(/Authentication failed|password is incorrect/)
    expect(seen.wordsOnPassword).toContain('stopping, since a part failed')
    expect(seen.brokerOnPassword).toEqual({ committed: 700, deadLetters: 0 })
  })

  it('stops in the same way when it is started again with the same password', () => {
    expect(seen.endAgain).toEqual({ code: 1, signal: null })
    expect(seen.brokerAgain).toEqual({ committed: 700, deadLetters: 0 })
  })

  it('stores the rest once when the password is right', async () => {
    const ids = Array.from({ length: 800 }, (_, at) => `in-${String(at).padStart(5, '0')}`)
    expect(await storedIds()).toEqual(ids)
    expect(
      await city.rows(
        `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
           sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`,
      ),
    ).toEqual([{ received: 800, stored: 800, duplicates: 0, deadLettered: 0, missing: 0 }])
  })
})
