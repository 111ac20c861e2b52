import { acceptGap, offsetGaps } from '@bina/cli/commands/offsets'
import { attendanceTopic } from '@bina/events/topics'
import { createKafkaAdmin, type KafkaAdmin } from '@bina/kafka/admin'
import { OffsetGapError } from '@bina/kafka/offset-gap'
import { groups } from '@bina/pipeline/stages'
import { startAll } from '@bina/runtime/lifecycle'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runCommand } from '../../services/cli/src/test-command.ts'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { clockIn } from '../harness/plain-events.ts'
import { shortestSessionMs } from '../harness/shortest-session.ts'
import { sinkDeps, testSink } from '../harness/test-sink.ts'

const soon = (what: string) => ({ withinMs: 60_000, what })
const unitId = '16.71.05.1003' // one key: all of it lies in one partition

describe('the log no longer has what the sink would read next', () => {
  let city: TestCity
  let admin: KafkaAdmin
  let sessionTimeoutMs: number
  let group: string
  let topic: string
  let partition: number
  let published = 0

  const publish = async (count: number) => {
    const punches = Array.from({ length: count }, (_, at) => {
      const number = String(published + at).padStart(5, '0')
      return clockIn(`in-${number}`, { person: `number_${number}`, unitId })
    })
    await city.publish(punches)
    published += count
  }
  const storedIds = async () =>
    (await city.rows<{ id: string }>('SELECT id FROM events')).map(({ id }) => id).toSorted()
  const ids = (...spans: readonly (readonly [number, number])[]) =>
    spans.flatMap(([first, end]) =>
      Array.from({ length: end - first }, (_, at) => `in-${String(first + at).padStart(5, '0')}`),
    )
  const committed = async () => {
    const client = city.kafka.admin()
    await client.connect()
    const [place] = await client.fetchOffsets({ groupId: group, topics: [topic] })
    await client.disconnect()
    return Number(place?.partitions.find((one) => one.partition === partition)?.offset)
  }
  /** As retention does. */
  const forgetBefore = async (offset: number) => {
    const client = city.kafka.admin()
    await client.connect()
    await client.fetchTopicMetadata({ topics: [topic] }) // it does not look for the leader by itself
    await client.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] })
    await client.disconnect()
  }
  const sink = () => testSink(city, { sessionTimeoutMs })
  /** A sink that stores what there is, and stops. */
  const runUntilAllRead = async () => {
    const stop = await startAll([sink().component])
    await until(async () => (await committed()) === published, soon('the commit of all'))
    await stop()
  }
  const command = (work: Parameters<typeof runCommand>[1]) => runCommand(city, work, {})
  const accept = () => command((context) => acceptGap(context, { groupId: group, topic, partition }))
  const missing = async () =>
    Number((await city.rows<{ n: number }>('SELECT sum(missing) AS n FROM ingest_balance'))[0]?.n)

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: Date.now,
      sinkWorkers: 0,
      scoreWorkers: 0,
    })
    admin = await createKafkaAdmin(city.kafka)
    sessionTimeoutMs = await shortestSessionMs(city.kafka)
    group = groups.sink(city.topicPrefix)
    topic = city.topicPrefix + attendanceTopic
    await publish(100)
    const stop = await startAll([sink().component])
    await until(async () => (await storedIds()).length === 100, soon('the first events'))
    await stop()
    const [place] = await city.rows<{ partition: number }>('SELECT partition FROM ingest_balance')
    partition = place?.partition ?? -1
  }, 120_000)

  afterAll(async () => {
    await admin?.close()
    await city?.stop()
  })

  it('stops at its start where retention took what it had not read, and leaps nowhere', async () => {
    await publish(50)
    await forgetBefore(120)
    const error = await startAll([sink().component]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(OffsetGapError)
    expect((error as OffsetGapError).gaps).toEqual([{ topic, partition, committed: 100, low: 120, high: 150 }])
    expect((error as OffsetGapError).message).toContain(
      `${topic}, partition ${partition}: 100 is committed, but the log begins at 120: 20 messages are gone unread`,
    )
    expect((error as OffsetGapError).message).toContain(`npx bina offsets accept-gap ${group} ${topic} ${partition}`)
    expect(await committed()).toBe(100)
    expect(await storedIds()).toEqual(ids([0, 100]))
    const { said, answer } = await command(offsetGaps)
    expect(said).toContain('20 messages are gone unread')
    expect(answer).toEqual({ gaps: [{ groupId: group, topic, partition, committed: 100, low: 120, high: 150 }] })
  })

  it('goes on at the first message that is left once an operator accepts it; what is gone stays missing in the balance', async () => {
    const { said, error, answer } = await accept()
    expect(error).toBeUndefined()
    expect(said).toContain('goes on at offset 120')
    expect(answer).toMatchObject({ goesOnAt: 120 })
    expect(await committed()).toBe(120)
    await runUntilAllRead()
    expect(await storedIds()).toEqual(ids([0, 100], [120, 150]))
    expect(await missing()).toBe(20)
  })

  it('accepts nothing where nothing is gone', async () => {
    expect((await accept()).error).toMatchObject({ exitCode: 1, code: 'no_gap' })
    const elsewhere = await command((context) => acceptGap(context, { groupId: group, topic: 'other', partition }))
    expect(elsewhere.error).toMatchObject({ exitCode: 2 })
    expect(await committed()).toBe(150)
  })

  it('stops while it runs, too, where retention overtakes it, and the place that it had reached stays committed', async () => {
    const deps = sinkDeps(city)
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let isHeld = () => {}
    const holding = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    const slow = testSink(
      city,
      { sessionTimeoutMs, maxRows: 10 },
      {
        ...deps,
        ingestLog: {
          ...deps.ingestLog,
          begin: () => {
            const batch = deps.ingestLog.begin()
            const settle = async () => {
              isHeld()
              await held
              await batch.settle()
            }
            return { ...batch, settle }
          },
        },
      },
    )
    const ended = slow.failed.catch((error: unknown) => error)
    const stop = await startAll([slow.component])
    // Ten are held, ten are made ready behind them, ten are gathered, and five are in kafkajs: nothing more is fetched, and what comes then is
    // gone before it is asked for.
    await publish(35)
    await holding
    await publish(30)
    await forgetBefore(published - 5)
    expect((await accept()).error).toMatchObject({ code: 'group_in_use' })
    goOn()
    const error = await ended
    await stop()
    expect(error).toBeInstanceOf(OffsetGapError)
    const [gap] = (error as OffsetGapError).gaps
    expect(gap).toMatchObject({ topic, partition, low: published - 5, high: published })
    expect(await committed()).toBe(gap?.committed)
    expect(gap?.committed).toBeGreaterThanOrEqual(150)
    expect(gap?.committed).toBeLessThan(published - 5)
    expect((await accept()).error).toBeUndefined()
    await runUntilAllRead()
    const stored = await storedIds()
    expect(stored.slice(-5)).toEqual(ids([published - 5, published]))
    expect(await missing()).toBe(published - stored.length)
  })

  it('stops where its offsets were forgotten and the log has lost its beginning: nobody knows what was read', async () => {
    const client = city.kafka.admin()
    await client.connect()
    await until(async () => (await admin.stateOf(group)) === 'Empty', soon('a group without members'))
    await client.deleteGroups([group])
    await client.disconnect()
    const error = await startAll([sink().component]).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(OffsetGapError)
    expect((error as OffsetGapError).message).toContain('no offset is committed')
    expect((await accept()).error).toBeUndefined()
    const before = await storedIds()
    await runUntilAllRead()
    expect(await storedIds()).toEqual(before)
  })

  it('stops where the log ends before the place that it had reached', async () => {
    await admin.moveTo(group, { topic, partition, offset: published + 1_000 })
    const error = await startAll([sink().component]).catch((thrown: unknown) => thrown)
    expect((error as OffsetGapError).message).toContain('the topic was made anew, or its brokers lost data')
    const { answer } = await accept()
    expect(answer).toMatchObject({ goesOnAt: published - 5 })
    await publish(3)
    await runUntilAllRead()
    expect((await storedIds()).slice(-3)).toEqual(ids([published - 3, published]))
  })
})
