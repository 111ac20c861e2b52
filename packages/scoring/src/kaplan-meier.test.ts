import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthByWhichEnded, survivalSteps, type Watched } from './kaplan-meier.ts'

const ended = (...lengths: readonly number[]): readonly Watched[] => lengths.map((length) => ({ length, ended: true }))
const open = (...lengths: readonly number[]): readonly Watched[] => lengths.map((length) => ({ length, ended: false }))

// Weeks of remission of 21 patients on 6-mercaptopurine and of 21 on a placebo (Freireich and others 1963; the example of
// Gehan 1965 and of most textbooks since).
const treated = [...ended(6, 6, 6, 7, 10, 13, 16, 22, 23), ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
const placebo = ended(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)

describe('the product-limit estimate', () => {
  it('is that of the textbooks', () => {
    const steps = survivalSteps(treated).map(({ length, survival }) => [length, Number(survival.toFixed(3))])
    expect(steps).toEqual([
      [6, 0.857],
      [7, 0.807],
      [10, 0.753],
      [13, 0.69],
      [16, 0.627],
      [22, 0.538],
      [23, 0.448],
    ])
  })

  it('has the medians of the textbooks, and says nothing where too few have ended', () => {
    expect(lengthByWhichEnded(0.5, survivalSteps(treated))).toBe(23)
    expect(lengthByWhichEnded(0.8, survivalSteps(treated))).toBeUndefined()
    expect(lengthByWhichEnded(0.5, survivalSteps(placebo))).toBe(8)
    expect(lengthByWhichEnded(0.8, survivalSteps(placebo))).toBe(12)
  })

  it('reaches a share exactly, though its fractions are rounded', () => {
    expect(lengthByWhichEnded(0.5, survivalSteps(ended(1, 2, 3, 4)))).toBe(2)
    expect(lengthByWhichEnded(0.8, survivalSteps(ended(1, 2, 3, 4, 5)))).toBe(4)
    expect(lengthByWhichEnded(0.8, survivalSteps(ended(...Array.from({ length: 35 }, (_, at) => at))))).toBe(27)
  })

  it('keeps what was watched up to the same length among those at risk', () => {
    expect(survivalSteps([...open(5), ...ended(5)])).toEqual([{ length: 5, survival: 0.5 }])
    expect(survivalSteps([...open(4), ...ended(5)])).toEqual([{ length: 5, survival: 0 }])
  })

  it('has no step where nothing ended', () => {
    expect(survivalSteps(open(3, 4))).toEqual([])
    expect(lengthByWhichEnded(0.5, [])).toBeUndefined()
  })

  it('is the plain share where all have ended, in whatever order they are told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1 }), fc.nat(20), (lengths, length) => {
        const last = survivalSteps(ended(...lengths)).findLast((step) => step.length <= length)
        const lasting = lengths.filter((one) => one > length).length / lengths.length
        expect(last?.survival ?? 1).toBeCloseTo(lasting, 9)
        expect(survivalSteps(ended(...lengths.toReversed()))).toEqual(survivalSteps(ended(...lengths)))
      }),
    )
  })
})
