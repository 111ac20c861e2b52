import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ClickHouseServer } from '@bina/local-stack/clickhouse-server'
import { startRevivedClickHouse } from '@bina/local-stack/revived-clickhouse'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { type GatedBroker, startGatedBroker } from '../harness/gated-servers.ts'
import { allKept, keptOf, type SteadyPunches, startSteadyPunches, untilStored } from '../harness/steady-punches.ts'
import { type Piece, startTcpGate, type TcpGate } from '../harness/tcp-gate.ts'
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts'

export interface NetworkFaultsConfig {
  /** How often each cut and truncation comes. */
  readonly times: number
  readonly delayMs: number
  readonly restarts: readonly ('stop' | 'kill')[]
}

/** Of a request's method: POST. */
const headBegins = 'P'.charCodeAt(0)

/** What the wire must bring before a fault can be made. */
const within = async <T>(what: string, piece: Promise<T>): Promise<T> => {
  const late = new AbortController()
  const tooLate = wait(60_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${what} did not pass within a minute`)
  })
  tooLate.catch(() => undefined)
  try {
    return await Promise.race([piece, tooLate])
  } finally {
    late.abort()
  }
}

/** A network between a sink-worker and its servers that delays, cuts and truncates, a broker that is restarted, a fetch that is never answered. */
export function describeNetworkFaults(config: NetworkFaultsConfig): void {
  describe('the network fails while events flow', () => {
    let kafka: GatedBroker
    let dataDir: string
    let server: ClickHouseServer
    let clickhouse: TcpGate
    let city: TestCity
    let worker: WorkerProcess
    let load: SteadyPunches
    const soon = (what: string) => ({ withinMs: 90_000, what })
    const turns = Array.from({ length: config.times })

    const startWorker = () =>
      startWorkerProcess('sink-worker', {
        KAFKA_BROKERS: kafka.brokers,
        KAFKA_TOPIC_PREFIX: city.topicPrefix,
        CLICKHOUSE_URL: `http://127.0.0.1:${clickhouse.port}/${city.database}`,
        SINK_SESSION_TIMEOUT_MS: '6000',
        CONSUMER_STALL_EXIT_MS: '45000',
      })
    /** A worker that has ended is told with its words, and not by what it has not stored. */
    const caughtUp = () =>
      Promise.race([
        untilStored(city, load),
        worker.exited.then(({ code }) => {
          throw new Error(`the worker ended (${code}):\n${worker.output()}`)
        }),
      ])
    /** Its rows are to be cut, not its head: the embedded ClickHouse would end as a whole. */
    const isInsert = ({ way, bytes }: Piece) =>
      way === 'up' && bytes.length > 5_000 && (bytes[0] !== headBegins || bytes.indexOf('\r\n\r\n') < 3_000)
    /** Says yes to the first bytes of what ClickHouse answers to an insert, and to no other of its answers. */
    const answerToInsert = () => {
      const inserting = new Set<number>()
      return (piece: Piece) => {
        const { way, bytes, connection } = piece
        if (way === 'down') return inserting.has(connection)
        if (bytes[0] === headBegins) inserting.delete(connection)
        if (isInsert(piece)) inserting.add(connection)
        return false
      }
    }
    const metric = async (name: string) => (await worker.metric(name)) ?? 0
    /** Tries of an insert that failed, and waits that ended with one that did not. */
    const waits = async () => ({
      tries: await metric('sink_waits_total{server="clickhouse",lane="live"}'),
      ended: await metric('sink_pause_seconds_count{lane="live",cause="clickhouse"}'),
    })
    const inserts = async () => ({
      count: await metric('sink_insert_seconds_count{lane="live"}'),
      seconds: await metric('sink_insert_seconds_sum{lane="live"}'),
    })
    /** The worker has met the fault: it waited, and its next try was good. */
    const hasWaitedSince = async (before: { readonly tries: number; readonly ended: number }) => {
      await until(async () => (await waits()).ended > before.ended, soon('the end of a wait for ClickHouse'))
      expect((await waits()).tries).toBeGreaterThan(before.tries)
      expect(worker.output()).toContain('cannot store now, waiting and trying again')
    }
    const ofWorker = (kind: string, way: Piece['way']) => (piece: Piece) =>
      piece.way === way && piece.name === `bina-sink-worker ${kind}`

    beforeAll(async () => {
      kafka = await startGatedBroker()
      dataDir = await mkdtemp(join(tmpdir(), 'bina-network-'))
      // Its own, since the embedded one may end as a whole where a connection breaks.
      server = await startRevivedClickHouse({ dataDir, maxMemoryBytes: 1024 ** 3 }, { leastLifeMs: 0 })
      clickhouse = await startTcpGate({ port: Number(new URL(server.url).port) })
      city = await startTestCity({
        brokers: kafka.brokers,
        clickhouseUrl: server.url,
        clock: Date.now,
        sinkWorkers: 0,
        scoreWorkers: 0,
      })
      worker = await startWorker()
      load = startSteadyPunches(city, { perSecond: 300 })
      await until(() => load.acknowledged.size > 500, soon('the first events'))
      await caughtUp()
    }, 240_000)

    afterAll(async () => {
      await load?.stop()
      await worker?.kill()
      await city?.stop()
      await clickhouse?.close()
      await server?.kill()
      await rm(dataDir, { recursive: true, force: true })
      await kafka?.stop()
    })

    it('takes the answer to an insert away: the same rows are sent again, and count once', async () => {
      const { pid } = worker
      for (const _ of turns) {
        const before = await waits()
        // The head of an answer, cut off in its first line: what was inserted is durable, and the worker does not know.
        const piece = await within('the answer to an insert', clickhouse.truncateNext(answerToInsert(), 12))
        expect(piece.bytes.toString('latin1', 0, 12)).toBe('HTTP/1.1 200')
        await hasWaitedSince(before)
        await caughtUp()
      }
      expect(worker.pid).toBe(pid)
    })

    it('cuts the connection in the middle of an insert', async () => {
      const { pid } = worker
      for (const _ of turns) {
        const before = await waits()
        const piece = await within('an insert', clickhouse.truncateNext(isInsert, 4_000))
        expect(piece.bytes.length).toBeGreaterThan(5_000)
        await hasWaitedSince(before)
        await caughtUp()
      }
      expect(worker.pid).toBe(pid)
    })

    it.each([
      ['the answer to a commit', 'OffsetCommit', 'down', 6],
      ['a commit', 'OffsetCommit', 'up', 20],
      ['fetched messages', 'Fetch', 'down', 2_000],
      ['what hands touched entities on', 'Produce', 'up', 100],
      ['the answer to a heartbeat', 'Heartbeat', 'down', 5],
    ] as const)('truncates %s', async (_, kind, way, firstBytes) => {
      for (const _ of turns) {
        const fits = ofWorker(kind, way)
        const piece = await within(
          kind,
          kafka.gate.truncateNext((one) => fits(one) && one.bytes.length > firstBytes, firstBytes),
        )
        expect(piece.name).toBe(`bina-sink-worker ${kind}`)
        await caughtUp()
      }
    })

    it(`delays all there is by ${config.delayMs} ms`, async () => {
      const before = { acknowledged: load.acknowledged.size, inserts: await inserts() }
      const ways = [kafka.gate, clickhouse].flatMap((gate) =>
        (['up', 'down'] as const).map((way) => ({ gate, way, before: { ...gate.delayed[way] } })),
      )
      for (const { gate, way } of ways) gate.delay(way, config.delayMs)
      // One may have been on its way before.
      await until(async () => (await inserts()).count > before.inserts.count, soon('an insert'))
      const from = await inserts()
      await until(() => load.acknowledged.size > before.acknowledged + 200, soon('events over a slow network'))
      await until(async () => (await inserts()).count > from.count + 1, soon('inserts over a slow network'))
      await caughtUp()
      const to = await inserts()
      for (const { gate, way } of ways) gate.delay(way, 0)
      for (const { gate, way, before: was } of ways) {
        const pieces = gate.delayed[way].pieces - was.pieces
        expect(pieces).toBeGreaterThan(3)
        // A timer may come a millisecond early.
        expect((gate.delayed[way].ms - was.ms) / pieces).toBeGreaterThan(config.delayMs - 2)
      }
      // An insert goes there, and its answer comes back.
      const meanMs = ((to.seconds - from.seconds) / (to.count - from.count)) * 1_000
      expect(meanMs).toBeGreaterThan(2 * (config.delayMs - 2))
      await caughtUp()
    })

    it.each(config.restarts)(
      'loses its only broker for a while (%s), and the worker goes on by itself',
      async (how) => {
        const { pid } = worker
        const before = load.acknowledged.size
        await kafka.restart(how)
        await until(() => load.acknowledged.size > before + 300, soon('events after the restart'))
        await caughtUp()
        await until(async () => (await worker.readyz()).status === 200, soon('a worker that is ready again'))
        expect(worker.pid).toBe(pid)
      },
    )

    it('swallows what is fetched: /readyz turns red within 30 s, and the worker ends so that another takes over', async () => {
      let swallowed = 0
      let released = false
      let release = () => {}
      const swallow = async () => {
        while (!released) {
          const hold = kafka.gate.holdNext(ofWorker('Fetch', 'down'))
          const before = release
          release = () => {
            before()
            hold.release()
          }
          const caught = await hold.caught.then(
            () => true,
            () => false,
          )
          if (caught) swallowed++
        }
      }
      const swallowing = swallow()
      await until(() => swallowed > 0, soon('a fetch without an answer'))
      const sinceMs = performance.now()
      await until(async () => (await worker.readyz()).status === 503, {
        withinMs: 30_000,
        what: 'a worker that says so',
      })
      const { text } = await worker.readyz()
      expect(text).toMatch(/no progress for \d+ s|nothing was fetched or finished for \d+ s/)
      // Whatever else it asks of Kafka is answered.
      const passedBefore = kafka.gate.bytes.down
      const looks: string[] = []
      const looking = setInterval(
        () =>
          void worker.readyz().then(
            ({ text: said }) => looks.push(said),
            () => undefined,
          ),
        5_000,
      )
      const ended = await Promise.race([worker.exited, wait(180_000, 'still runs')])
      clearInterval(looking)
      expect(ended, looks.join('\n')).toEqual({ code: 1, signal: null })
      expect(performance.now() - sinceMs).toBeGreaterThan(45_000)
      expect(worker.output()).toContain('It does not heal: another process shall take over')
      expect(kafka.gate.bytes.down).toBeGreaterThan(passedBefore)
      released = true
      release()
      await swallowing
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
