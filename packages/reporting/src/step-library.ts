import type { FocusTerm } from './choose-focus.ts'
import type { ReportLocale } from './report-input.ts'

/** A focus from the scores; `cases` where no score can be given but cases fall due; `general` where nothing points anywhere. */
export type StepKey = FocusTerm | 'cases' | 'general'

/** One concrete thing that a unit can do by itself within a week. Its owner is a post, named by the unit's type; `head` is the reader. */
export interface Step {
  readonly id: string
  readonly owner: 'service_lead' | 'office_lead' | 'head'
  readonly text: Readonly<Record<ReportLocale, string>>
}

export type StepLibrary = Readonly<Record<StepKey, readonly [Step, ...Step[]]>>

/** Weeks take turns, so that nobody is told the same thing two Mondays running; the same week always gets the same step. */
export function stepFor(library: StepLibrary, key: StepKey, weekNumber: number): Step {
  const steps = library[key]
  return steps[((weekNumber % steps.length) + steps.length) % steps.length] ?? steps[0]
}
