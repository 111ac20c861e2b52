import { describe, expect, it } from 'vitest'
import { compareEvents, inOrder } from './event-order.ts'

const placed = (occurredAtMs: number, source: string, id: string, ingestedAtMs = 0) => ({
  occurredAtMs,
  source,
  id,
  ingestedAtMs,
})

describe('the order of events', () => {
  it('goes by time, then source, then id', () => {
    const inOrderAlready = [placed(1, '/z', 'z'), placed(2, '/a', 'z'), placed(2, '/b', 'a'), placed(2, '/b', 'b')]
    expect(inOrderAlready.toReversed().sort(compareEvents)).toEqual(inOrderAlready)
  })

  it('compares texts by code unit, so that no machine’s language changes it', () => {
    expect(compareEvents(placed(1, '/s', 'Z'), placed(1, '/s', 'a'))).toBeLessThan(0)
    expect(compareEvents(placed(1, '/s', '10'), placed(1, '/s', '9'))).toBeLessThan(0)
  })

  it('has each identity once, the one taken in first should there be two', () => {
    const [first, second] = [placed(5, '/s', 'x', 100), placed(4, '/s', 'x', 200)]
    expect(inOrder([second, first, second])).toEqual([first])
    expect(inOrder([first, second])).toEqual([first])
  })

  it('keeps the same id of two sources apart', () => {
    expect(inOrder([placed(1, '/b', 'x'), placed(1, '/a', 'x')]).map(({ source }) => source)).toEqual(['/a', '/b'])
  })
})
