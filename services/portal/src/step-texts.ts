import { defaultSteps } from '@bina/reporting/data/steps'
import type { Locale } from './messages/messages-for.ts'

/** The words of a suggested step by its code; undefined for one that the library does not have any more. */
export function createStepTexts(): (actionCode: string, locale: Locale) => string | undefined {
  const steps = new Map(
    Object.values(defaultSteps)
      .flat()
      .map(({ id, text }) => [id, text]),
  )
  return (actionCode, locale) => steps.get(actionCode)?.[locale]
}
