import { expect, it } from 'vitest'
import { isOutOfRange, OutOfRangeError, refuseLeap } from './out-of-range.ts'

const leap = { message: 'Offset out of range, resetting to default offset', topic: 't', partition: 3 }

it('throws where kafkajs is about to leap, and names the place', () => {
  expect(() => refuseLeap({ namespace: 'ConsumerGroup', log: leap })).toThrow('t, partition 3')
})

it('says nothing to all other entries of the log', () => {
  refuseLeap({ namespace: 'ConsumerGroup', log: { ...leap, message: 'Consumer has joined the group' } })
  refuseLeap({ namespace: 'Consumer', log: leap })
})

it('is found behind what kafkajs makes of it', () => {
  expect(isOutOfRange(new Error('gave up', { cause: new OutOfRangeError('t', 3) }))).toBe(true)
  expect(isOutOfRange(new Error('gave up', { cause: new Error('away') }))).toBe(false)
})
