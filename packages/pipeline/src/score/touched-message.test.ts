import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, decodeTouched, decodeTouchedUnits, encodeTouched, encodeTouchedUnits } from './touched-message.ts'

const word = fc.stringMatching(/^[A-Za-z0-9._:/-]{1,20}$/)
const entity = word.map((id) => `complaint|${id}`)
const touchedUnit = fc.record({
  unitId: word,
  fromWeek: fc.constant('2026-07-06'),
  toWeek: fc.constant('2026-07-13'),
})

describe('what is touched', () => {
  it('keeps its bucket for ever: in an update of a running city two workers would write one row otherwise', () => {
    const buckets = ['day|p-0123456789|2026-07-13', 'complaint|LAPOR-1', '16.71.05.1003', 'unit|upt:é', ''].map(
      bucketOf,
    )
    // Reckoned apart from this code.
    expect(buckets).toEqual([34, 36, 9, 53, 5])
  })

  it('spreads over all buckets', () => {
    const counts = new Array<number>(64).fill(0)
    for (let n = 0; n < 6_400; n++)
      counts[bucketOf(`complaint|LAPOR-${n}`)] = (counts[bucketOf(`complaint|LAPOR-${n}`)] ?? 0) + 1
    expect(Math.min(...counts)).toBeGreaterThan(50)
    expect(Math.max(...counts)).toBeLessThan(200)
  })

  it('arrives as it was sent, each entity under the key of its bucket', () => {
    const identity = fc.record({ source: word, id: word })
    fc.assert(
      fc.property(fc.array(entity), fc.array(identity), (entities, revised) => {
        const messages = encodeTouched({ entities, revised })
        const read = messages.map(({ key, value }) => ({ key, ...decodeTouched(Buffer.from(value)).said }))
        expect(read.flatMap((one) => one.entities).toSorted()).toEqual(entities.toSorted())
        expect(read.flatMap((one) => one.revised)).toEqual(revised)
        for (const one of read) for (const name of one.entities) expect(String(bucketOf(name))).toBe(one.key)
      }),
    )
  })

  it('tells the weeks of an area from those of its unit, and reads what was written before there were areas', () => {
    const own = { unitId: 'u', fromWeek: '2026-07-06', toWeek: '2026-07-13' }
    const area = { ...own, scope: 'area' as const }
    const [message] = encodeTouchedUnits([own, area])
    expect(decodeTouchedUnits(Buffer.from(message?.value ?? '')).said).toEqual([own, area])
    const odd = JSON.stringify([{ ...own, scope: 'street' }])
    expect(decodeTouchedUnits(Buffer.from(odd))).toEqual({ said: [], nonsense: 1 })
  })

  it('takes a unit to one key, whatever its weeks', () => {
    fc.assert(
      fc.property(fc.array(touchedUnit), (units) => {
        const messages = encodeTouchedUnits(units)
        const read = messages.map(({ key, value }) => ({ key, units: decodeTouchedUnits(Buffer.from(value)).said }))
        expect(read.flatMap((one) => one.units)).toHaveLength(units.length)
        for (const one of read) for (const { unitId } of one.units) expect(String(bucketOf(unitId))).toBe(one.key)
        expect(new Set(messages.map(({ key }) => key)).size).toBe(messages.length)
      }),
    )
  })

  it.each([
    ['x', 1],
    ['null', 1],
    ['[]', 1],
    ['{}', 1],
    ['{"entities":1}', 1],
    ['{"entities":[1,"foo|1","day|p|soon"],"revised":[{"source":1}]}', 4],
  ])('is passed over and counted where it is nonsense, so that no worker ends at %s for ever', (text, nonsense) => {
    expect(decodeTouched(Buffer.from(text))).toEqual({ said: { entities: [], revised: [] }, nonsense })
  })

  it.each([
    ['x', 1],
    ['null', 1],
    ['{}', 1],
    ['[{"unitId":"u","fromWeek":"soon","toWeek":"2026-07-13"},1]', 2],
  ])('counts also what is nonsense of units: %s', (text, nonsense) => {
    expect(decodeTouchedUnits(Buffer.from(text))).toEqual({ said: [], nonsense })
  })

  it('is nonsense without a value, and keeps the good beside the bad', () => {
    expect([decodeTouched(null).nonsense, decodeTouchedUnits(null).nonsense]).toEqual([1, 1])
    const mixed = Buffer.from('{"entities":["unit|u","what"]}')
    expect(decodeTouched(mixed)).toEqual({ said: { entities: ['unit|u'], revised: [] }, nonsense: 1 })
    for (const { value } of encodeTouched({ entities: ['unit|u'], revised: [{ source: 's', id: '1' }] }))
      expect(decodeTouched(Buffer.from(value)).nonsense).toBe(0)
  })

  it('is split also where few names are long in bytes, which a broker would refuse for ever', () => {
    const revised = Array.from({ length: 1_000 }, (_, n) => ({
      source: '\u{1f3db}'.repeat(128),
      id: `${n}${'é'.repeat(120)}`,
    }))
    const messages = encodeTouched({ entities: [], revised })
    expect(messages.flatMap(({ value }) => decodeTouched(Buffer.from(value)).said.revised)).toEqual(revised)
    expect(Math.max(...messages.map(({ value }) => Buffer.byteLength(value)))).toBeLessThan(250_000)
  })

  it('is split where it is much, so that every broker takes it', () => {
    const revised = Array.from({ length: 20_000 }, (_, n) => ({ source: 'urn:palembang:hr', id: `event-${n}` }))
    const messages = encodeTouched({ entities: [], revised })
    expect(messages.flatMap(({ value }) => decodeTouched(Buffer.from(value)).said.revised)).toEqual(revised)
    expect(Math.max(...messages.map(({ value }) => value.length))).toBeLessThan(300_000)
  })

  it('is nothing at all when nothing is', () => {
    expect(encodeTouched({ entities: [], revised: [] })).toEqual([])
    expect(encodeTouchedUnits([])).toEqual([])
  })
})
