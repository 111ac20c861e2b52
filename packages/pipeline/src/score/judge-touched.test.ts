import { addDays } from '@bina/domain/plain-date'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at } from '../fold/test-city.ts'
import { always, createTestJudge } from './test-judge.ts'

// Wednesday, 15 July 2026. The week of 13 July runs.
const nowMs = at('2026-07-15 10:00')
const weeksFrom = (first: string, last = '2026-07-13') => {
  const weeks: string[] = []
  for (let week = first; week <= last; week = addDays(week, 7)) weeks.push(week)
  return weeks
}

describe('the scores of a unit', () => {
  it('stand for every week from its first fact to the one that runs, also where nothing happened in between', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', always)
    expect(city.weeksScored('A')).toEqual([])
    await city.personDay('A', '2026-04-15', true)
    expect(city.weeksScored('A')).toEqual(weeksFrom('2026-04-13'))
  })

  it('begin earlier when a fact from before the first comes in late', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', always)
    await city.personDay('A', '2026-07-08', true)
    await city.personDay('A', '2026-04-15', true)
    expect(city.weeksScored('A')).toEqual(weeksFrom('2026-04-13'))
  })

  it('begin later when the first fact is taken back, and are gone with the last', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', always)
    await city.personDay('A', '2026-04-15', true)
    await city.personDay('A', '2026-07-08', true)
    await city.personDay('A', '2026-04-15', undefined)
    expect(city.weeksScored('A')).toEqual(weeksFrom('2026-07-06'))
    await city.personDay('A', '2026-07-08', undefined)
    expect([city.scores().size, city.measures().size]).toEqual([0, 0])
  })

  it('stand as they were when another unit of the same batch begins before them', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', [
      { unitType: 'opd', validFrom: '2026-04-01', validTo: '2026-05-31' },
      { unitType: 'upt', validFrom: '2026-06-01', validTo: undefined },
    ])
    await city.unit('B', always)
    await city.personDay('A', '2026-05-04', true)
    await city.personDay('A', '2026-06-03', true)
    await city.personDay('B', '2026-07-08', true)
    const [scores, measures] = [city.scores(), city.measures()]
    city.days.get('B')?.set('2026-04-29 p', true)
    await city.judge([
      { unitId: 'A', fromWeek: '2026-07-06', toWeek: '2026-07-13' },
      { unitId: 'B', fromWeek: '2026-07-06', toWeek: '2026-07-13' },
    ])
    const ofA = (rows: ReadonlyMap<string, unknown>) => [...rows].filter(([name]) => name.startsWith('A '))
    expect(ofA(city.scores())).toEqual(ofA(scores))
    expect(ofA(city.measures())).toEqual(ofA(measures))
    expect(city.weeksScored('B')).toEqual(weeksFrom('2026-04-27'))
  })

  it('wait until the directory knows the unit, and are gone when it does so no more', async () => {
    const city = createTestJudge(() => nowMs)
    await city.personDay('A', '2026-07-01', true)
    expect([city.scores().size, city.measures().size]).toEqual([0, 0])
    await city.unit('A', always)
    expect(city.weeksScored('A')).toEqual(weeksFrom('2026-06-29'))
    await city.unit('A', [])
    expect([city.scores().size, city.measures().size]).toEqual([0, 0])
  })

  it('stand for the weeks with a day on which the directory has it as kelurahan, kecamatan or upt', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', [
      { unitType: 'opd', validFrom: '2026-05-01', validTo: undefined },
      { unitType: 'upt', validFrom: '2026-06-07', validTo: '2026-06-24' },
    ])
    await city.personDay('A', '2026-05-04', true)
    expect(city.weeksScored('A')).toEqual(['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22'])
    // An agency has measures and no scores.
    expect([...city.measures().keys()].filter((name) => name.includes('2026-05-04'))).toEqual([
      'A 2026-05-04 A1 R4',
      'A 2026-05-04 A1 W1',
    ])
  })

  it('are final from fourteen days after the cut-off, to the millisecond', async () => {
    const clock = { nowMs: at('2026-07-20 00:00') - 1 }
    const city = createTestJudge(() => clock.nowMs)
    await city.unit('A', always)
    await city.personDay('A', '2026-07-01', true)
    const status = () => city.scores().get('A 2026-06-29 service')?.status
    expect(status()).toBe('provisional')
    clock.nowMs++
    await city.judge([{ unitId: 'A', fromWeek: '2026-06-29', toWeek: '2026-06-29' }])
    expect(status()).toBe('final')
  })

  it('say nothing of weeks that have not begun', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', always)
    await city.personDay('A', '2026-07-14', true)
    await city.judge([{ unitId: 'A', fromWeek: '2026-08-03', toWeek: '2026-08-10' }])
    expect(city.weeksScored('A')).toEqual(['2026-07-13'])
  })

  it('count a person-day in the four weeks that end with its own and the three after', async () => {
    const city = createTestJudge(() => nowMs)
    await city.unit('A', always)
    await city.personDay('A', '2026-06-03', false)
    const measures = [...city.measures()].map(
      ([name, { numerator, denominator }]) => `${name}: ${numerator} of ${denominator}`,
    )
    expect(measures).toEqual([
      'A 2026-06-01 A1 R4: 0 of 1',
      'A 2026-06-01 A1 W1: 0 of 1',
      'A 2026-06-08 A1 R4: 0 of 1',
      'A 2026-06-15 A1 R4: 0 of 1',
      'A 2026-06-22 A1 R4: 0 of 1',
    ])
  })

  it('are the same in whatever order facts come, change and go, as judged once at the end', async () => {
    const unit = fc.constantFrom('A', 'B', 'C')
    const date = fc.integer({ min: 0, max: 100 }).map((days) => addDays('2026-04-06', days))
    const fact = fc.record({
      kind: fc.constant('fact' as const),
      unit,
      date,
      present: fc.constantFrom(true, false, undefined),
    })
    const versions = fc.constantFrom(
      always,
      [],
      [{ unitType: 'upt', validFrom: '2026-05-20', validTo: '2026-06-30' }],
      [
        { unitType: 'kelurahan', validFrom: '2026-01-01', validTo: undefined },
        { unitType: 'opd', validFrom: '2026-06-10', validTo: undefined },
      ],
    )
    const entry = fc.record({ kind: fc.constant('unit' as const), unit, versions })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 3, arbitrary: fact }, entry), { maxLength: 25 }), async (steps) => {
        const city = createTestJudge(() => nowMs)
        const once = createTestJudge(() => nowMs)
        const directory = new Map<string, typeof always>()
        for (const step of steps) {
          if (step.kind === 'fact') await city.personDay(step.unit, step.date, step.present)
          else {
            await city.unit(step.unit, step.versions)
            directory.set(step.unit, step.versions)
          }
        }
        for (const [unitId, known] of city.days) once.days.set(unitId, known)
        for (const [unitId, known] of directory) await once.unit(unitId, known)
        expect(city.measures()).toEqual(once.measures())
        expect(city.scores()).toEqual(once.scores())
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})
