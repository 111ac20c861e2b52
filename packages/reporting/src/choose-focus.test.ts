import { describe, expect, test } from 'vitest'
import { fullUnit } from '../fixtures/golden-inputs.ts'
import { chooseFocus, MINIMUM_CASES } from './choose-focus.ts'
import type { ReportInput, ReportScore } from './report-input.ts'

const withTerms = (points: Record<string, number>): ReportInput => ({ ...fullUnit, service: scoreOf(points) })
const without = (input: ReportInput, ...measures: string[]): ReportInput => ({
  ...input,
  measures: input.measures.filter((m) => !measures.includes(m.measure)),
})

function scoreOf(points: Record<string, number>): ReportScore {
  if (fullUnit.service === null) throw new Error('the full unit has a service score')
  return {
    ...fullUnit.service,
    terms: fullUnit.service.terms.map((t) => ({ ...t, points: points[t.term] ?? t.points })),
  }
}

test('the focus is where most points lie, not where the lowest figure stands', () => {
  // 40 points of the backlog weigh 6 points of the score; 55 of the resolution weigh 16.
  const focus = chooseFocus(withTerms({ no_stale_backlog: 40 }))
  expect(focus).toMatchObject({
    kind: 'score',
    key: 'verified_resolution',
    missingPoints: expect.closeTo(0.35 * (100 - 55.1)),
  })
})

test('closing without fixing is the focus though every closure was in time', () => {
  const closed = {
    ...fullUnit,
    measures: fullUnit.measures.map((m) => {
      if (m.measure === 'S2') return { ...m, numerator: m.denominator }
      return m.measure === 'S3' ? { ...m, numerator: 1 } : m
    }),
  }
  expect(chooseFocus(closed)?.key).toBe('verified_resolution')
})

test('a term that is mostly prior is nobody to blame on', () => {
  expect(MINIMUM_CASES).toBe(5)
  const few = {
    ...fullUnit,
    measures: fullUnit.measures.map((m) => (m.measure === 'S2' ? { ...m, numerator: 1, denominator: 4 } : m)),
  }
  expect(chooseFocus(few)?.key).toBe('response')
})

test('a term in which nothing went amiss is no focus, whatever its prior lacks', () => {
  const clean = {
    ...fullUnit,
    measures: fullUnit.measures.map((m) =>
      m.measure === 'S2' || m.measure === 'S3' ? { ...m, numerator: m.denominator } : m,
    ),
  }
  expect(chooseFocus(clean)?.key).toBe('response')
})

test('discipline is asked only where service gives no answer', () => {
  const focus = chooseFocus({ ...fullUnit, service: null })
  expect(focus).toMatchObject({ score: 'discipline', key: 'verified_attendance' })
})

test('kept discipline needs no focus', () => {
  const discipline = fullUnit.discipline === null ? null : { ...fullUnit.discipline, band: 'kept' as const }
  expect(chooseFocus({ ...fullUnit, service: null, discipline })).toBeUndefined()
})

test('without data there is none', () => {
  expect(chooseFocus({ ...fullUnit, service: null, discipline: null })).toBeUndefined()
  expect(chooseFocus(without(fullUnit, 'S1', 'S2', 'S4', 'S5', 'S6', 'A1', 'A2', 'A3'))).toBeUndefined()
})

test('less than a point is not worth a week', () => {
  const nearly = withTerms({
    response: 99,
    verified_resolution: 99,
    satisfaction: 99,
    courtesy_clarity: 99,
    no_stale_backlog: 99,
  })
  expect(chooseFocus({ ...nearly, discipline: null })).toBeUndefined()
})

describe('what residents report', () => {
  const conduct = (rude: number, convoluted = 0, facility = 0) => [
    { category: 'rude' as const, inWeek: 0, inR13: rude },
    { category: 'convoluted' as const, inWeek: 0, inR13: convoluted },
    { category: 'facility' as const, inWeek: 0, inR13: facility },
  ]
  const noScore: ReportInput = { ...fullUnit, service: null }
  const signal = { measure: 'S11', rule: 'shift', direction: 'concern', weeks: 2 } as const
  const inspected = { measure: 'S14', window: 'R13', estimate: 0.9, lower80: 0.8, upper80: 0.95 } as const

  test('is the focus when its chart says so for two weeks, whatever the score lacks', () => {
    const input = { ...fullUnit, conduct: conduct(4, 2), signals: [signal] }
    expect(chooseFocus(input)).toMatchObject({ kind: 'reported', key: 'rude', signal: { measure: 'S11' } })
    expect(chooseFocus({ ...input, conduct: conduct(2, 4) })?.key).toBe('convoluted')
  })

  test('is not, when one week is flagged or the change is to the good', () => {
    const input = { ...fullUnit, conduct: conduct(4) }
    expect(chooseFocus({ ...input, signals: [{ ...signal, weeks: 1 }] })?.kind).toBe('score')
    expect(chooseFocus({ ...input, signals: [{ ...signal, direction: 'improvement' }] })?.kind).toBe('score')
    expect(chooseFocus({ ...input, signals: [{ ...signal, weeks: 1, rule: 'beyond' }] })?.key).toBe('rude')
  })

  test('without a score is the focus from three reports on, and comes before discipline', () => {
    expect(chooseFocus({ ...noScore, conduct: conduct(3) })).toMatchObject({ key: 'rude', signal: undefined })
    expect(chooseFocus({ ...noScore, conduct: conduct(2, 2) })?.key).toBe('verified_attendance')
    expect(chooseFocus({ ...noScore, conduct: conduct(3, 0, 5) })?.key).toBe('facility')
  })

  test('gives way to an inspection that found something to mend, where reports are few', () => {
    const found = { ...noScore, measures: [...noScore.measures, { ...inspected, numerator: 18, denominator: 20 }] }
    expect(chooseFocus(found)).toMatchObject({ key: 'facility', signal: undefined, inspected: { numerator: 18 } })
    const allInOrder = { ...noScore, measures: [...noScore.measures, { ...inspected, numerator: 20, denominator: 20 }] }
    expect(chooseFocus(allInOrder)?.key).toBe('verified_attendance')
  })
})
