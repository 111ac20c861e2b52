import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventTopics, topicName } from '@bina/events/topics'
import {
  type ClickHouseServer,
  type ClickHouseServerConfig,
  startClickHouse,
} from '@bina/local-stack/clickhouse-server'
import { groups } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { allKept, keptOf, type SteadyPunches, startSteadyPunches, untilStored } from '../harness/steady-punches.ts'
import { startTcpGate, type TcpGate } from '../harness/tcp-gate.ts'
import { endOfWorkerProcess, startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts'

export interface ClickHouseFaultsConfig {
  /** How long ClickHouse is away for long. */
  readonly awaySeconds: number
  /** How long each answer of it takes while it is slow, and for how long it is. */
  readonly slowMs: number
  readonly slowForInserts: number
}

type Mood = Pick<ClickHouseServerConfig, 'keepFreeDiskBytes'> & {
  readonly settings?: Readonly<Record<string, number>>
  readonly readonly?: 1 | 2
  readonly password?: string
}

const sha256 = (password: string) => createHash('sha256').update(password).digest('hex')
const user = 'bina_write'
const secret = 'the secret'
/** More than any disk has. */
const petabyte = 10 ** 15

/** Everything that a ClickHouse does to a sink-worker that stores what a steady stream brings. */
export function describeClickHouseFaults(config: ClickHouseFaultsConfig): void {
  describe('ClickHouse fails while events flow', () => {
    let dataDir: string
    let server: ClickHouseServer
    let gate: TcpGate
    let city: TestCity
    let worker: WorkerProcess
    let load: SteadyPunches
    const soon = (what: string) => ({ withinMs: 60_000, what })

    const bringUp = async ({ settings, readonly, password = secret, keepFreeDiskBytes }: Mood = {}) => {
      const ports = server === undefined ? {} : { httpPort: Number(new URL(server.url).port), tcpPort: server.tcpPort }
      const writer = {
        name: user,
        passwordSha256: sha256(password),
        ...(settings && { settings }),
        ...(readonly && { readonly }),
      }
      server = await startClickHouse({
        ...{ dataDir, users: [writer], maxMemoryBytes: 1024 ** 3, ...ports },
        ...(keepFreeDiskBytes === undefined ? {} : { keepFreeDiskBytes }),
      })
      gate?.open()
    }
    const takeAway = async () => {
      gate.shut()
      gate.cut()
      await server.kill()
    }
    const bringBackAs = async (mood?: Mood) => {
      await takeAway()
      await bringUp(mood)
    }
    const settings = () => ({
      KAFKA_BROKERS: inject('kafkaBrokers'),
      KAFKA_TOPIC_PREFIX: city.topicPrefix,
      CLICKHOUSE_URL: `http://127.0.0.1:${gate.port}/${city.database}`,
      CLICKHOUSE_USER: user,
      CLICKHOUSE_PASSWORD: secret,
      SINK_SESSION_TIMEOUT_MS: '6000',
      // No wait for the world may count as a stall.
      CONSUMER_STALL_EXIT_MS: '20000',
    })
    const startWorker = () => startWorkerProcess('sink-worker', settings())
    const committed = async () => {
      const admin = city.kafka.admin()
      await admin.connect()
      const topics = eventTopics.map(({ name }) => topicName(city.topicPrefix, name))
      const places = await admin.fetchOffsets({ groupId: groups.sink(city.topicPrefix), topics })
      await admin.disconnect()
      return places
        .flatMap(({ partitions }) => partitions)
        .reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
    }
    const caughtUp = () => untilStored(city, load)
    const isReady = async () => (await worker.readyz()).status === 200

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'bina-world-'))
      await bringUp()
      gate = await startTcpGate({ port: Number(new URL(server.url).port) })
      city = await startTestCity({
        brokers: inject('kafkaBrokers'),
        clickhouseUrl: server.url,
        clock: Date.now,
        sinkWorkers: 0,
        scoreWorkers: 0,
      })
      worker = await startWorker()
      load = startSteadyPunches(city, { perSecond: 300 })
      await until(async () => load.acknowledged.size > 500, soon('the first events'))
      await caughtUp()
    }, 120_000)

    afterAll(async () => {
      await load?.stop()
      await worker?.kill()
      await city?.stop()
      await gate?.close()
      await server?.kill()
      await rm(dataDir, { recursive: true, force: true })
    })

    const passing: readonly {
      readonly what: string
      readonly make: () => Promise<unknown>
      readonly heal: () => Promise<unknown>
      readonly says: RegExp
      readonly waitsSeconds: number
    }[] = [
      {
        what: `away for ${config.awaySeconds} seconds`,
        make: takeAway,
        heal: () => bringUp(),
        says: /ECONNRESET|ECONNREFUSED|socket hang up/,
        waitsSeconds: config.awaySeconds,
      },
      {
        what: 'a disk that is full',
        make: () => bringBackAs({ keepFreeDiskBytes: petabyte }),
        heal: () => bringBackAs(),
        says: /not enough space/,
        waitsSeconds: 2,
      },
      {
        what: 'no memory',
        make: () => bringBackAs({ settings: { max_memory_usage: 1 } }),
        heal: () => bringBackAs(),
        says: /memory limit exceeded/,
        waitsSeconds: 2,
      },
      {
        what: 'too many parts',
        make: async () => {
          await city.clickhouse.command({ query: 'SYSTEM STOP MERGES' })
          await city.clickhouse.command({
            query: 'ALTER TABLE event_store MODIFY SETTING parts_to_delay_insert = 1, parts_to_throw_insert = 1',
          })
        },
        heal: async () => {
          await city.clickhouse.command({
            query: 'ALTER TABLE event_store RESET SETTING parts_to_delay_insert, parts_to_throw_insert',
          })
          await city.clickhouse.command({ query: 'SYSTEM START MERGES' })
        },
        says: /Too many parts/,
        waitsSeconds: 2,
      },
    ]

    it.each(passing)('$what: the worker says so, waits, commits nothing and goes on by itself', async (fault) => {
      const { pid } = worker
      await fault.make()
      await until(async () => fault.says.test((await worker.readyz()).text), soon(`a worker that says ${fault.says}`))
      const whileAway = { committed: await committed(), acknowledged: load.acknowledged.size }
      const waited = async () => Number(/waiting for (\d+) s/.exec((await worker.readyz()).text)?.[1] ?? 0)
      await until(async () => (await waited()) >= fault.waitsSeconds, {
        withinMs: (fault.waitsSeconds + 60) * 1_000,
        what: `a wait of ${fault.waitsSeconds} seconds`,
      })
      expect((await worker.readyz()).status).toBe(503)
      expect(await committed()).toBe(whileAway.committed)
      expect(load.acknowledged.size).toBeGreaterThan(whileAway.acknowledged)
      await fault.heal()
      await caughtUp()
      await until(isReady, soon('a worker that is ready again'))
      expect(worker.pid).toBe(pid)
      expect(await keptOf(city, [load])).toMatchObject({ lost: expect.any(Array), twice: [], deadLetters: 0 })
    })

    it(`answers that take ${config.slowMs} ms: the worker stores more at once and loses nothing`, async () => {
      const { pid } = worker
      const inserts = async () => (await worker.metric('sink_insert_seconds_count{lane="live"}')) ?? 0
      const quick = async () => (await worker.metric('sink_insert_seconds_bucket{le="2.5",lane="live"}')) ?? 0
      const before = { inserts: await inserts(), quick: await quick() }
      gate.delay('down', config.slowMs)
      await until(async () => (await inserts()) - before.inserts > config.slowForInserts, {
        withinMs: config.slowForInserts * config.slowMs * 6 + 60_000,
        what: `${config.slowForInserts} slow inserts`,
      })
      gate.delay('down', 0)
      const slow = (await inserts()) - before.inserts - ((await quick()) - before.quick)
      expect(slow).toBeGreaterThanOrEqual(config.slowForInserts)
      await caughtUp()
      expect(worker.pid).toBe(pid)
      await until(isReady, soon('a worker that is ready'))
    })

    const lasting: readonly {
      readonly what: string
      readonly make: () => Promise<unknown>
      readonly heal: () => Promise<unknown>
      readonly says: RegExp
    }[] = [
      {
        what: 'another password',
        make: () => bringBackAs({ password: 'another' }),
        heal: () => bringBackAs(),
        says: /Authentication failed|password is incorrect/,
      },
      {
        what: 'a user that may only read',
        make: () => bringBackAs({ readonly: 1 }),
        heal: () => bringBackAs(),
        says: /readonly mode/,
      },
      {
        what: 'a table that is missing',
        make: () => city.clickhouse.command({ query: 'RENAME TABLE ingest TO ingest_elsewhere' }),
        heal: () => city.clickhouse.command({ query: 'RENAME TABLE ingest_elsewhere TO ingest' }),
        // Which of these depends on how far an insert was when it lost its table.
        says: /Unknown table|UNKNOWN_TABLE|does not exist/,
      },
      {
        what: 'a table that somebody made read-only for good',
        make: () => city.clickhouse.command({ query: 'ALTER TABLE event_store MODIFY SETTING table_readonly = 1' }),
        heal: () => city.clickhouse.command({ query: 'ALTER TABLE event_store RESET SETTING table_readonly' }),
        says: /readonly mode/,
      },
    ]

    it.each(lasting)('$what: the worker stops with the reason and commits nothing more', async (fault) => {
      await fault.make()
      expect(await worker.exited).toEqual({ code: 1, signal: null })
      expect(worker.output()).toMatch(fault.says)
      expect(worker.output()).toContain('stopping, since a part failed')
      const whenStopped = await committed()
      const again = await endOfWorkerProcess('sink-worker', settings())
      expect(again).toEqual({ code: 1, signal: null, output: expect.stringMatching(fault.says) })
      expect(await committed()).toBe(whenStopped)
      await fault.heal()
      worker = await startWorker()
      await caughtUp()
    })

    it('has every acknowledged event once in the end, and set nothing aside', async () => {
      await load.stop()
      await caughtUp()
      expect(load.acknowledged.size).toBeGreaterThan(1_000)
      expect(await keptOf(city, [load])).toEqual(allKept)
    })
  })
}
