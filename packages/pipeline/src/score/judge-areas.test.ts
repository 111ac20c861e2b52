import { addDays } from '@bina/domain/plain-date'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at } from '../fold/test-city.ts'
import type { UnitPlace } from '../ports/area-figures.ts'
import { createAreaTree } from './area-tree.ts'
import { createTestJudge } from './test-judge.ts'

// Wednesday, 15 July 2026. The week of 13 July runs.
const nowMs = at('2026-07-15 10:00')
const below = (parentUnitId: string, validFrom = '2026-01-01'): UnitPlace['versions'][number] => {
  return { unitType: 'kelurahan', parentUnitId, validFrom, validTo: undefined, population: undefined }
}

async function smallCity() {
  const city = createTestJudge(() => nowMs)
  await city.place('city', [below('')])
  await city.place('kec', [below('city')])
  await city.place('kel', [below('kec')])
  return city
}
const countIn = (city: Awaited<ReturnType<typeof smallCity>>, name: string) => {
  const row = city.areas().get(name)
  return row && `${row.numerator}/${row.denominator}`
}

describe('roll-ups', () => {
  it('pool the units below, the head office among them, and have no score', async () => {
    const city = await smallCity()
    await city.personDay('kel', '2026-07-07', true)
    await city.personDay('kel', '2026-07-08', false)
    await city.personDay('kec', '2026-07-08', true)
    expect(countIn(city, 'kec 2026-07-06 A1 W1')).toBe('2/3')
    expect(countIn(city, 'city 2026-07-13 A1 R4')).toBe('2/3')
    expect(countIn(city, 'kel 2026-07-06 A1 W1')).toBeUndefined()
    expect(city.weeksScored('city')).toEqual([])
  })

  it('are taken back with the last fact, and with the last unit below', async () => {
    const city = await smallCity()
    await city.personDay('kel', '2026-07-07', true)
    await city.personDay('kel', '2026-07-07', undefined)
    expect(city.areas().size).toBe(0)
    await city.personDay('kel', '2026-07-07', true)
    expect(city.areas().size).toBeGreaterThan(0)
    await city.place('kel', [below('')])
    expect([...city.areas().keys()].filter((name) => name.startsWith('kec'))).toEqual([])
  })

  it('wait until the directory knows the area', async () => {
    const city = createTestJudge(() => nowMs)
    await city.place('kel', [below('kec')])
    await city.personDay('kel', '2026-07-07', true)
    expect(city.areas().size).toBe(0)
    await city.place('kec', [below('')])
    expect(countIn(city, 'kec 2026-07-06 A1 W1')).toBe('1/1')
  })

  it('hand on an area once for all units of a batch', async () => {
    const city = await smallCity()
    await city.place('kel2', [below('kec')])
    city.handedOn.length = 0
    await city.judge(['kel', 'kel2', 'kec'].map((unitId) => ({ unitId, fromWeek: '2026-07-06', toWeek: '2026-07-13' })))
    expect(city.handedOn.map(({ unitId, scope }) => `${unitId} ${scope}`).sort()).toEqual(['city area', 'kec area'])
  })

  it('are their parts pooled, in whatever order facts come and go and units move', async () => {
    const unit = fc.constantFrom('A', 'B', 'C', 'D')
    const date = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-05-18', days))
    const fact = fc.record({
      kind: fc.constant('fact' as const),
      unit,
      date,
      present: fc.constantFrom(true, false, undefined),
    })
    const parent = fc.constantFrom('', 'A', 'B', 'C', 'D')
    const versions = fc
      .tuple(parent, parent)
      .map(([first, then]) => [below(first), below(then, '2026-06-10')])
      .chain((list) => fc.constantFrom(list, list.slice(0, 1), []))
    const entry = fc.record({ kind: fc.constant('place' as const), unit, versions })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof({ weight: 2, arbitrary: fact }, entry), { maxLength: 25 }), async (steps) => {
        const city = createTestJudge(() => nowMs)
        const places = new Map<string, UnitPlace['versions']>()
        for (const step of steps) {
          if (step.kind === 'fact') await city.personDay(step.unit, step.date, step.present)
          else {
            places.set(step.unit, step.versions)
            await city.place(step.unit, step.versions)
          }
        }
        const tree = createAreaTree([...places].map(([unitId, list]) => ({ unitId, versions: list })))
        const expected = new Map<string, string>()
        for (const areaId of [...places.keys()].filter((unitId) => (places.get(unitId)?.length ?? 0) > 0)) {
          for (let week = '2026-05-18'; week <= '2026-07-13'; week = addDays(week, 7)) {
            const members = tree.membersOf(areaId, { fromWeek: week, toWeek: week }).map(({ unitId }) => unitId)
            for (const window of ['W1', 'R4']) {
              const rows = members.flatMap((unitId) => city.measures().get(`${unitId} ${week} A1 ${window}`) ?? [])
              const [numerator, denominator] = rows.reduce(
                ([a, b], row) => [a + row.numerator, b + row.denominator],
                [0, 0],
              )
              if (denominator > 0) expected.set(`${areaId} ${week} A1 ${window}`, `${numerator}/${denominator}`)
            }
          }
        }
        const found = [...city.areas()].map(([name, row]) => [name, `${row.numerator}/${row.denominator}`] as const)
        expect(new Map(found)).toEqual(new Map([...expected].sort()))
      }),
      { numRuns: 60 },
    )
  })
})
