import { type ActionLibrary, actionText } from '../action-library.ts'
import type { AreaAction, AreaReportInput } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Section } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import { coachingLines } from './coaching-lines.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** As it stands in a cell or in a sentence of ours. */
export function withoutFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '')
}

/** Coaching held, and the steps that units have agreed on. */
export function actionsSection(
  { actions, measures, week }: Pick<AreaReportInput, 'actions' | 'measures' | 'week'>,
  library: ActionLibrary,
  context: RollUpContext,
): Section {
  const { words, formats, locale, count } = context
  const { heading, caption, unitColumn, stepColumn, dueColumn, done, due, none, more } = words.actions
  const row = ({ unitName, actionCode, dueOn, doneOn }: AreaAction) => [
    plainLine(unitName),
    withoutFullStop(actionText(library, actionCode, locale) ?? plainLine(actionCode)),
    doneOn === null ? due(formats.day(dueOn, week)) : done(formats.day(doneOn, week)),
  ]
  const table = { caption, columns: [unitColumn, stepColumn, dueColumn], rows: actions.map(row) }
  return {
    id: 'actions',
    heading,
    blocks: [
      ...coachingLines(measures, context),
      ...(actions.length === 0
        ? [{ kind: 'paragraph', tone: 'plain', text: none } as const]
        : cappedTable(table, (n) => more(count(n)))),
    ],
  }
}
