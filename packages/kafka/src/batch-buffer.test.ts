import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBatchBuffer } from './batch-buffer.ts'
import type { ReceivedMessage } from './received-message.ts'

const message = (partition: number, offset: number, bytes = 10, topic = 't'): ReceivedMessage => ({
  topic,
  partition,
  offset,
  recordAtMs: 0,
  key: null,
  value: Buffer.alloc(bytes),
  headers: {},
})
const wide = { maxRows: 1_000, maxBytes: 1_000_000, maxWaitMs: 200 }

describe('a batch', () => {
  it('is full at so many rows', () => {
    const buffer = createBatchBuffer({ ...wide, maxRows: 2 }, () => 0)
    buffer.push(message(0, 1))
    expect(buffer.isFull()).toBe(false)
    buffer.push(message(0, 2))
    expect(buffer.isFull()).toBe(true)
  })

  it('is full at so many bytes, keys counted too', () => {
    const buffer = createBatchBuffer({ ...wide, maxBytes: 30 }, () => 0)
    buffer.push({ ...message(0, 1, 19), key: Buffer.alloc(10) })
    expect(buffer.isFull()).toBe(false)
    buffer.push({ ...message(0, 2), value: null, key: Buffer.alloc(1) })
    expect(buffer.isFull()).toBe(true)
  })

  it('is due so long after its first message, not after its last', () => {
    const clock = { ms: 1_000 }
    const buffer = createBatchBuffer(wide, () => clock.ms)
    expect([buffer.dueAtMs(), buffer.isEmpty()]).toEqual([undefined, true])
    buffer.push(message(0, 1))
    clock.ms = 1_150
    buffer.push(message(0, 2))
    expect([buffer.dueAtMs(), buffer.isEmpty()]).toEqual([1_200, false])
    buffer.take()
    expect([buffer.dueAtMs(), buffer.isEmpty()]).toEqual([undefined, true])
    buffer.push(message(0, 3))
    expect(buffer.dueAtMs()).toBe(1_350)
  })

  it('is as long as its messages, and begins anew with nothing of the one before', () => {
    const buffer = createBatchBuffer({ ...wide, maxRows: 2, maxBytes: 25 }, () => 0)
    buffer.push(message(0, 1, 20))
    buffer.push(message(0, 2, 20))
    buffer.take()
    expect(buffer.isFull()).toBe(false)
    buffer.push(message(0, 3, 20))
    expect(buffer.isFull()).toBe(false)
  })

  it('passes over what holds no message, and is due for that too, since nobody else will commit it', () => {
    const buffer = createBatchBuffer({ ...wide, maxRows: 2 }, () => 1_000)
    const mark = { topic: 't', partition: 0, first: 2, last: 2 }
    buffer.passOver(mark)
    buffer.passOver({ ...mark, first: 6, last: 5 }) // gone past, though nobody knows what was there
    expect([buffer.dueAtMs(), buffer.isEmpty(), buffer.isFull()]).toEqual([1_200, false, false])
    const { messages, empty, positions } = buffer.take()
    expect([messages, empty, [...positions.values()]]).toEqual([[], [mark], [{ topic: 't', partition: 0, next: 6 }]])
    expect(buffer.take().empty).toEqual([])
  })

  it('forgets on demand what nobody has taken yet', () => {
    const buffer = createBatchBuffer({ ...wide, maxRows: 2 }, () => 1_000)
    for (const one of [message(0, 1), message(1, 4)]) buffer.push(one)
    buffer.passOver({ topic: 't', partition: 0, first: 2, last: 2 })
    buffer.clear()
    expect([buffer.isFull(), buffer.isEmpty(), buffer.dueAtMs()]).toEqual([false, true, undefined])
    expect(buffer.take()).toEqual({ messages: [], empty: [], positions: new Map() })
  })

  it('holds every message once and in order, and says what to commit: one past the last of each partition', () => {
    const place = fc.record({ topic: fc.constantFrom('a', 'b'), partition: fc.nat(3) })
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 5, arbitrary: place }, fc.constant('take' as const)), { maxLength: 60 }),
        (steps) => {
          const buffer = createBatchBuffer(wide, () => 0)
          const next = new Map<string, number>()
          const pushed: ReceivedMessage[] = []
          const taken: ReceivedMessage[] = []
          const committed = new Map<string, number>()
          const take = () => {
            const { messages, positions } = buffer.take()
            taken.push(...messages)
            for (const { topic, partition, next: offset } of positions.values()) {
              const own = messages.filter((one) => one.topic === topic && one.partition === partition)
              expect(offset).toBe((own.at(-1)?.offset ?? Number.NaN) + 1)
              committed.set(`${topic}/${partition}`, offset)
            }
            expect(positions.size).toBe(new Set(messages.map((one) => `${one.topic}/${one.partition}`)).size)
          }
          for (const step of steps) {
            if (step === 'take') {
              take()
              continue
            }
            const name = `${step.topic}/${step.partition}`
            const one = message(step.partition, next.get(name) ?? 0, 1, step.topic)
            next.set(name, one.offset + 1)
            pushed.push(one)
            buffer.push(one)
          }
          take()
          expect(taken).toEqual(pushed)
          expect(committed).toEqual(next)
        },
      ),
    )
  })
})
