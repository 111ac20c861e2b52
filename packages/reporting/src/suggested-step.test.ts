import { addDays } from '@bina/domain/plain-date'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryInput } from '../fixtures/arbitrary-input.ts'
import { casesOnly, conductSignal, fullUnit, noData } from '../fixtures/golden-inputs.ts'
import { actionsFor } from './action-library.ts'
import type { ReportInput } from './report-input.ts'
import { reportViewModel } from './report-view-model.ts'
import { suggestedStep } from './suggested-step.ts'
import { testActionLibrary } from './test-action-library.ts'

const codeOf = (input: ReportInput) => suggestedStep(input, testActionLibrary).actionCode
const agreed = (actionCode: string) => [
  { actionId: 'a-1', actionCode, agreedOn: '2026-11-10', dueOn: '2026-11-13', doneOn: null },
]

test('the step is for the focus, until the day that the city has for it', () => {
  const { action, dueOn } = suggestedStep(fullUnit, testActionLibrary)
  expect(action.focus).toContain('verified_resolution')
  expect(dueOn).toBe('2026-11-27')
  expect(suggestedStep(conductSignal, testActionLibrary).action.focus).toContain('rude')
  expect(suggestedStep(casesOnly, testActionLibrary).action.focus).toContain('cases')
  expect(suggestedStep(noData, testActionLibrary).action.focus).toContain('general')
})

test('weeks take turns, so that two Mondays running differ and every step has its week', () => {
  const steps = actionsFor(testActionLibrary, 'general', 'upt').map(({ code }) => code)
  const weeks = steps.map((_, at) => codeOf({ ...noData, week: addDays(noData.week, 7 * at) }))
  expect(weeks.toSorted()).toEqual(steps.toSorted())
})

test('a unit is never asked again for what it agreed on last, in any week', () => {
  for (const { code } of actionsFor(testActionLibrary, 'general', 'upt'))
    for (let week = 0; week < 12; week++)
      expect(codeOf({ ...noData, week: addDays(noData.week, 7 * week), actions: agreed(code) })).not.toBe(code)
})

test('whatever a unit did, its step fits its type and is not the one agreed on', () => {
  fc.assert(
    fc.property(arbitraryInput, (input) => {
      const { action } = suggestedStep(input, testActionLibrary)
      expect(action.units === 'any' || action.units.includes(input.unit.type)).toBe(true)
      expect(action.code).not.toBe(input.actions[0]?.actionCode)
      expect(suggestedStep(structuredClone(input), testActionLibrary).actionCode).toBe(action.code)
      const blocks = reportViewModel(input, testActionLibrary).sections.flatMap((section) => section.blocks)
      const shown = blocks.flatMap((block) => (block.kind === 'step' ? [block.text] : []))
      expect(shown, 'the page says what its link agrees on').toEqual([action.text[input.unit.locale]])
    }),
    { numRuns: 100 },
  )
})
