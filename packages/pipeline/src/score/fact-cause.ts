import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { Arrival } from '../ports/final-scores.ts'

const disciplineReachDays = 21 // R4: a day counts in its own week and three more

/**
 * Why facts moved a score: the gravest of what came in for it since it stood. A score that is gone lies before the unit's first fact now, or
 * the directory has taken the unit away: any fact of the unit may have been that first one. What cannot be told from the log came late.
 */
export function factCause(
  score: {
    readonly score: 'discipline' | 'service'
    readonly week: PlainDate
    readonly since: string
    readonly isGone: boolean
  },
  arrivals: readonly Arrival[],
): 'withdrawal' | 'correction' | 'directory' | 'late event' {
  const [first, last] = [addDays(score.week, -disciplineReachDays), addDays(score.week, 6)]
  const relevant = arrivals.filter(({ of, date, at }) => {
    if (at <= score.since) return false
    if (of === 'directory' || score.isGone) return true
    return score.score === 'service' ? of === 'complaint' : of === 'day' && date >= first && date <= last
  })
  const facts = relevant.filter(({ of }) => of !== 'directory')
  if (facts.some(({ kind }) => kind === 'withdrawal')) return 'withdrawal'
  if (facts.some(({ kind }) => kind === 'correction')) return 'correction'
  return facts.length < relevant.length || (score.isGone && facts.length === 0) ? 'directory' : 'late event'
}
