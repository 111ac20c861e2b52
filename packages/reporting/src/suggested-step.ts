import { dayNumberOf, type PlainDate } from '@bina/domain/plain-date'
import { type Action, type ActionLibrary, actionsFor } from './action-library.ts'
import { chooseFocus, type Focus } from './choose-focus.ts'
import type { ReportInput } from './report-input.ts'
import type { StepKey } from './step-key.ts'

export interface SuggestedStep {
  readonly actionCode: string
  readonly dueOn: PlainDate
  readonly action: Action
}

/**
 * The one step that the week's report suggests: of those for its focus and the unit's type, weeks take turns, and what was agreed on last
 * is passed over. The same input always gets the same step, so that a link of the mail can carry it.
 */
export function suggestedStep(input: ReportInput, library: ActionLibrary): SuggestedStep {
  const focus = stepKeyOf(input, chooseFocus(input))
  const { type } = input.unit
  const steps = actionsFor(library, focus, type)
  const agreed = input.actions[0]?.actionCode
  const others = steps.filter(({ code }) => code !== agreed)
  const action = inTurn(others.length > 0 ? others : steps, Math.floor(dayNumberOf(input.week) / 7))
  if (action === undefined) throw new Error(`the action library has no step for ${focus} of a ${type}`)
  return { actionCode: action.code, dueOn: input.stepDueOn, action }
}

/** Without a focus the complaints that fall due are what to do; without those, what is of use in any unit. */
export function stepKeyOf({ casesDue, casesOverdue }: ReportInput, focus: Focus | undefined): StepKey {
  if (focus !== undefined) return focus.key
  return casesDue.length + casesOverdue.length > 0 ? 'cases' : 'general'
}

function inTurn(steps: readonly Action[], week: number): Action | undefined {
  return steps[((week % steps.length) + steps.length) % steps.length]
}
