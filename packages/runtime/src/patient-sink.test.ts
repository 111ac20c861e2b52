import { expect, test } from 'vitest'
import { createPatientSink } from './patient-sink.ts'

const log = { info: () => {}, warn: () => {}, error: () => {} }
const explain = (error: unknown) => (error as Error).message
const passing = new Error('no broker yet')

test('the door opens before Kafka does, and says so until it is reached', async () => {
  let reach: (() => void) | undefined
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const published: unknown[] = []
  const sink = createPatientSink({
    connect: async () => {
      await reached
      return { publish: async (events) => void published.push(...events), close: async () => {} }
    },
    explain,
    isPassing: () => true,
    log: log as never,
    clock: () => 0,
  })
  await sink.start()
  expect(sink.ready()).toBe('Kafka is not reached yet')
  await expect(sink.publish([])).rejects.toThrow('not reached')
  reach?.()
  await reached
  await new Promise(setImmediate)
  expect(sink.ready()).toBeUndefined()
  await sink.publish([])
  await sink.stop()
})

test('a failure makes the door not ready for a while, so that traffic finds its way back', async () => {
  let nowMs = 0
  let works = false
  const publish = async () => {
    if (!works) throw passing
  }
  const sink = createPatientSink({
    connect: async () => ({ publish, close: async () => {} }),
    explain,
    isPassing: () => true,
    log: log as never,
    clock: () => nowMs,
  })
  await sink.start()
  await new Promise(setImmediate)
  await expect(sink.publish([])).rejects.toBe(passing)
  expect(sink.ready()).toContain('did not acknowledge')
  nowMs = 15_000
  expect(sink.ready()).toBeUndefined()
  works = true
  nowMs = 1
  await sink.publish([])
  expect(sink.ready()).toBeUndefined()
  await sink.stop()
})

test('a wrong password does not pass by waiting: the service ends', async () => {
  const refused = new Error('wrong password')
  const sink = createPatientSink({
    connect: async () => {
      throw refused
    },
    explain,
    isPassing: (error) => error !== refused,
    log: log as never,
    clock: () => 0,
  })
  await sink.start()
  await expect(sink.failed).rejects.toBe(refused)
  await sink.stop()
})

test('stopping while Kafka is away ends the waiting', async () => {
  const sink = createPatientSink({
    connect: async () => {
      throw passing
    },
    explain,
    isPassing: () => true,
    log: log as never,
    clock: () => 0,
  })
  await sink.start()
  await new Promise(setImmediate)
  expect(sink.ready()).toBe('waiting: no broker yet')
  await sink.stop()
  expect(sink.ready()).toBe('waiting: no broker yet')
})

test('stopping calls off also a try that takes long', async () => {
  const sink = createPatientSink({
    connect: (signal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(passing))
      }),
    explain,
    isPassing: () => true,
    log: log as never,
    clock: () => 0,
  })
  await sink.start()
  await sink.stop()
})
