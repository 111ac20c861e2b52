import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { Arrival } from '../ports/final-scores.ts'

const disciplineReachDays = 21 // R4: a day counts in its own week and three more

/** Why facts moved a score: the gravest of what came in for it since it stood. What cannot be told from the log came late. */
export function factCause(
  score: { readonly score: 'discipline' | 'service'; readonly week: PlainDate; readonly since: string },
  arrivals: readonly Arrival[],
): 'withdrawal' | 'correction' | 'directory' | 'late event' {
  const [first, last] = [addDays(score.week, -disciplineReachDays), addDays(score.week, 6)]
  const relevant = arrivals.filter(({ of, date, at }) => {
    if (at <= score.since) return false
    if (of === 'directory') return true
    return score.score === 'service' ? of === 'complaint' : of === 'day' && date >= first && date <= last
  })
  const facts = relevant.filter(({ of }) => of !== 'directory')
  if (facts.some(({ kind }) => kind === 'withdrawal')) return 'withdrawal'
  if (facts.some(({ kind }) => kind === 'correction')) return 'correction'
  return facts.length < relevant.length ? 'directory' : 'late event'
}
