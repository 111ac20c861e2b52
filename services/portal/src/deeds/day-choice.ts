import { addDays, type PlainDate } from '@bina/domain/plain-date'
import type { Choice } from '../page-view.ts'
import type { DeedContext } from './deed.ts'

/** On which day it was: today or one of the six before it. Nobody has to press on the day itself. */
export function dayChoice(legend: string, missing: string, { today, formats, words }: DeedContext): Choice {
  const days: readonly PlainDate[] = [0, 1, 2, 3, 4, 5, 6].map((back) => addDays(today, -back))
  return {
    name: 'day',
    legend,
    missing,
    chosen: today,
    options: days.map((day) => ({
      value: day,
      text: day === today ? words.today(formats.date(day)) : formats.date(day),
    })),
  }
}
