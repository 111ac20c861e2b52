import type { EventData } from '@bina/events/service-event'

type Answers = EventData['bina.resolution.rated.v1']['answers']

const COURTESY_AND_CLARITY = ['conduct', 'procedure', 'requirements'] as const

/**
 * S5 of one respondent: the mean of (answer - 1) / 3 over all elements answered, 0..1; 0 of an empty sheet, which the
 * contract refuses.
 */
export function satisfactionOf(answers: Answers): number {
  return meanOf(Object.values(answers)) ?? 0
}

/** S6 of one respondent: the same over conduct, procedure and requirements; undefined when none of them is answered. */
export function courtesyOf(answers: Answers): number | undefined {
  return meanOf(COURTESY_AND_CLARITY.map((element) => answers[element]))
}

/** The sum is taken in whole answers, so that no order of the elements changes the last digit. */
function meanOf(answers: readonly (number | undefined)[]): number | undefined {
  const given = answers.filter((answer) => answer !== undefined)
  const sum = given.reduce((total, answer) => total + answer, 0)
  return given.length === 0 ? undefined : (sum - given.length) / (3 * given.length)
}
