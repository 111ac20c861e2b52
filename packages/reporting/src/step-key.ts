import { DISCIPLINE_TERMS, SERVICE_TERMS } from './choose-focus.ts'
import { CONDUCT_CATEGORIES } from './conduct.ts'

/**
 * What a week's step is about: a focus from the scores or from what residents reported; `cases` where no score can be given but cases
 * fall due; `general` where nothing points anywhere.
 */
export const STEP_KEYS = [...SERVICE_TERMS, ...DISCIPLINE_TERMS, ...CONDUCT_CATEGORIES, 'cases', 'general'] as const
export type StepKey = (typeof STEP_KEYS)[number]
