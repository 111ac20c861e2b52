import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attendanceTopic } from '@bina/events/topics'
import { type KafkaCluster, startKafkaCluster } from '@bina/local-stack/kafka-cluster'
import { fetchKafkaJars } from '@bina/local-stack/kafka-jars'
import { groups } from '@bina/pipeline/stages'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { cacheDir } from '../harness/gated-servers.ts'
import { allKept, keptOf, type SteadyPunches, startSteadyPunches, untilStored } from '../harness/steady-punches.ts'
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts'

/** Three brokers that each keep a copy, of which one after the other is lost: each time the one that leads the most, or the group; and
 *  which hand partitions to each other. */
export function describeLeaderMoved(config: {
  /** How often one is lost. */
  readonly rounds: number
  /** How often partitions go to another leader while all live. */
  readonly handovers: number
}): void {
  describe('a broker of three is lost while events flow', () => {
    let dataDir: string
    let cluster: KafkaCluster
    let city: TestCity
    let workers: readonly WorkerProcess[] = []
    let load: SteadyPunches
    const soon = (what: string) => ({ withinMs: 120_000, what })

    const asking = async <T>(ask: (admin: ReturnType<TestCity['kafka']['admin']>) => Promise<T>): Promise<T> => {
      const admin = city.kafka.admin()
      await admin.connect()
      try {
        return await ask(admin)
      } finally {
        await admin.disconnect()
      }
    }
    const partitions = async () => {
      const [topic] = (
        await asking((admin) => admin.fetchTopicMetadata({ topics: [city.topicPrefix + attendanceTopic] }))
      ).topics
      return topic?.partitions ?? []
    }
    const leaders = async () =>
      (await partitions()).toSorted((a, b) => a.partitionId - b.partitionId).map(({ leader }) => leader)
    /** Of the sink's group, in which its offsets are committed. */
    const coordinator = async () =>
      asking(async (admin) => {
        const topic = '__consumer_offsets'
        const [found] = (await admin.fetchTopicMetadata({ topics: [topic] })).topics
        const at = partitionOfGroup(groups.sink(city.topicPrefix), found?.partitions.length ?? 1)
        return found?.partitions.find(({ partitionId }) => partitionId === at)?.leader ?? 1
      })
    const caughtUp = () => untilStored(city, load)
    const areAllReady = async () =>
      (await Promise.all(workers.map((worker) => worker.readyz()))).every(({ status }) => status === 200)

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'bina-cluster-'))
      cluster = await startKafkaCluster({ dataDir, jarsDir: await fetchKafkaJars({ cacheDir }), nodes: 3 })
      city = await startTestCity({
        brokers: cluster.bootstrapServers,
        clickhouseUrl: inject('clickhouseUrl'),
        clock: Date.now,
        sinkWorkers: 0,
        scoreWorkers: 0,
      })
      const env = {
        KAFKA_BROKERS: cluster.bootstrapServers,
        KAFKA_TOPIC_PREFIX: city.topicPrefix,
        CLICKHOUSE_URL: `${inject('clickhouseUrl')}/${city.database}`,
        SINK_SESSION_TIMEOUT_MS: '10000',
      }
      workers = await Promise.all([startWorkerProcess('sink-worker', env), startWorkerProcess('sink-worker', env)])
      load = startSteadyPunches(city, { perSecond: 200 })
      await until(() => load.acknowledged.size > 400, soon('the first events'))
      await caughtUp()
    }, 300_000)

    afterAll(async () => {
      await load?.stop()
      for (const worker of workers) await worker.kill()
      await city?.stop()
      await cluster?.kill()
      await rm(dataDir, { recursive: true, force: true })
    })

    it('keeps three copies of each partition, of which two must have what is acknowledged', async () => {
      const found = await partitions()
      expect(found.map(({ replicas }) => replicas.length)).toEqual(found.map(() => 3))
      expect(new Set(found.map(({ leader }) => leader)).size).toBe(3)
      const { resources } = await asking((admin) =>
        admin.describeConfigs({
          includeSynonyms: false,
          resources: [{ type: 2, name: city.topicPrefix + attendanceTopic, configNames: ['min.insync.replicas'] }],
        }),
      )
      expect(resources[0]?.configEntries[0]?.configValue).toBe('2')
    })

    const rounds = Array.from({ length: config.rounds }, (_, round) => ({
      round,
      who: round % 2 === 0 ? 'a leader of events' : "the coordinator of the sink's group",
    }))
    it.each(rounds)('loses $who by SIGKILL and goes on with the others (round $round)', async ({ round }) => {
      const lost = round % 2 === 0 ? ((await leaders())[0] ?? 1) : await coordinator()
      const before = load.acknowledged.size
      await cluster.broker(lost).kill()
      expect((await cluster.broker(lost).exited).signal).toBe('SIGKILL')
      await until(async () => !(await leaders()).includes(lost), soon('leaders among the living'))
      await until(() => load.acknowledged.size > before + 300, soon('events without that broker'))
      await caughtUp()
      await cluster.restart(lost)
      await until(
        async () => (await partitions()).every(({ isr }) => isr.length === 3),
        soon('three copies of all again'),
      )
      await caughtUp()
      await until(areAllReady, soon('workers that are ready'))
    })

    it('hands partitions over in good order and gets one more, with nobody lost', async () => {
      const topic = city.topicPrefix + attendanceTopic
      const assign = async (replicasOf: (leader: number) => number[]) => {
        const partitionAssignment = (await partitions()).map(({ partitionId, leader }) => ({
          partition: partitionId,
          replicas: replicasOf(leader),
        }))
        await asking((admin) => admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment }] }))
      }
      for (let handover = 0; handover < config.handovers; handover++) {
        const before = await leaders()
        // Copies with the two that do not lead: one of them has to take over.
        await assign((leader) => [1, 2, 3].filter((broker) => broker !== leader))
        await until(
          async () => (await leaders()).every((leader, at) => leader > 0 && leader !== before[at]),
          soon('other leaders'),
        )
        const acknowledged = load.acknowledged.size
        await until(() => load.acknowledged.size > acknowledged + 200, soon('events of the new leaders'))
      }
      await assign(() => [1, 2, 3])
      const count = (await partitions()).length + 1
      await asking((admin) => admin.createPartitions({ topicPartitions: [{ topic, count }] }))
      const acknowledged = load.acknowledged.size
      await until(() => load.acknowledged.size > acknowledged + 600, soon('events beside the new partition'))
      await caughtUp()
      await until(areAllReady, soon('workers that are ready'))
    })

    it('has every acknowledged event once in the end, by the same workers, and set nothing aside', async () => {
      await load.stop()
      await caughtUp()
      for (const worker of workers) expect((await worker.readyz()).status).toBe(200)
      expect(load.acknowledged.size).toBeGreaterThan(1_000)
      expect(await keptOf(city, [load])).toEqual(allKept)
    })
  })
}

/** As Kafka chooses it: the hash of Java's strings. */
function partitionOfGroup(groupId: string, partitions: number): number {
  let hash = 0
  for (let at = 0; at < groupId.length; at++) hash = (Math.imul(31, hash) + groupId.charCodeAt(at)) | 0
  return (hash & 0x7fffffff) % partitions
}
