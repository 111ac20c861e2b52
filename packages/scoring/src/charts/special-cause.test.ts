import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitsAround } from './control-limits.ts'
import { specialCauses } from './special-cause.ts'

// A chart with its centre at 0, limits at 3 and near lines at 2.
const chart = (...values: number[]) => values.map((value) => ({ value, ...limitsAround(0, 3) }))
const marks = (...values: number[]) =>
  specialCauses(chart(...values)).map((cause) => (cause ? `${cause.rule}${cause.side > 0 ? '+' : '-'}` : ''))

describe('a week that is more than chance', () => {
  it('lies beyond a limit, and not upon it', () => {
    expect(marks(0, 3.01, 0, 3, -3.01)).toEqual(['', 'beyond+', '', '', 'beyond-'])
  })

  it('belongs to seven on one side of the centre, all of which are marked', () => {
    expect(marks(-1, 1, 0.5, 1, 0.5, 1, 0.5, 1, -1)).toEqual(['', ...Array(7).fill('shift+'), ''])
    expect(marks(1, 0.5, 1, 0.5, 1, 0.5, -1).join('')).toBe('')
  })

  it('is no run where a week lies on the centre', () => {
    expect(marks(1, 0.5, 1, 0, 0.5, 1, 0.5, 1).join('')).toBe('')
  })

  it('belongs to seven that all rise or all fall, which two equal weeks break', () => {
    expect(marks(-1.5, -1, -0.5, 0.5, 1, 1.2, 1.4, 0)).toEqual([...Array(7).fill('trend+'), ''])
    expect(marks(1.4, 1.2, 1, 0.5, -0.5, -1, -1.5)).toEqual(Array(7).fill('trend-'))
    expect(marks(-1.5, -1, -0.5, -0.5, 0.5, 1, 1.2, 1.4).join('')).toBe('')
  })

  it('is one of two near a limit among three on the same side, and the third is not marked', () => {
    expect(marks(2.5, 1, 2.5, -1)).toEqual(['two_of_three+', '', 'two_of_three+', ''])
    expect(marks(2.5, -1, 2.5).join('')).toBe('')
    expect(marks(2.5, 0, 2.5).join('')).toBe('')
    expect(marks(2.5, 1, 3.5)).toEqual(['', '', 'beyond+'])
    expect(marks(2.5, 3.5, 2.5)).toEqual(['two_of_three+', 'beyond+', 'two_of_three+'])
  })

  it('is named by the first rule that holds: beyond, trend, two of three, shift', () => {
    expect(marks(0.2, 0.4, 0.6, 0.8, 2.2, 2.4, 3.2)).toEqual([...Array(6).fill('trend+'), 'beyond+'])
    expect(marks(1, 0.5, 1, 2.5, 1, 2.5, 1)).toEqual([
      'shift+',
      'shift+',
      'shift+',
      'two_of_three+',
      'shift+',
      'two_of_three+',
      'shift+',
    ])
  })

  it('is not found in weeks that are all alike but for the last digit of their mean', () => {
    const centre = 0.1 + 0.2
    expect(specialCauses(Array(8).fill({ value: 0.3, ...limitsAround(centre, 0) }))).toEqual(Array(8).fill(undefined))
  })

  it('is the same upside down, and later weeks take no mark away', () => {
    const values = fc.array(
      fc.integer({ min: -8, max: 8 }).map((half) => half / 2),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(values, (series) => {
        const causes = specialCauses(chart(...series))
        const mirrored = specialCauses(chart(...series.map((value) => -value)))
        expect(mirrored.map((cause) => cause && [cause.rule, -cause.side])).toEqual(
          causes.map((cause) => cause && [cause.rule, cause.side]),
        )
        const before = specialCauses(chart(...series.slice(0, -1)))
        before.forEach((cause, i) => {
          if (cause) expect(causes[i]).toBeDefined()
        })
      }),
    )
  })
})
