import { type ActionLibrary, actionText } from '../action-library.ts'
import type { AreaAction, AreaReportInput } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import { shownItems } from '../shown-items.ts'
import type { Block, Section } from '../view-model.ts'
import { coachingLines } from './coaching-lines.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** As it stands in a cell or in a sentence of ours. */
export function withoutFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '')
}

/** More than these fill a phone; the rest is counted. */
const SHOWN_ACTIONS = 12

/** Coaching held, and the steps that units have agreed on. */
export function actionsSection(
  { actions, measures, week }: Pick<AreaReportInput, 'actions' | 'measures' | 'week'>,
  library: ActionLibrary,
  context: RollUpContext,
): Section {
  const { words, formats, locale, count } = context
  const { heading, line, done, due, none, more } = words.actions
  const item = ({ unitName, actionCode, dueOn, doneOn }: AreaAction) =>
    line(
      plainLine(unitName),
      withoutFullStop(actionText(library, actionCode, locale) ?? plainLine(actionCode)),
      doneOn === null ? due(formats.day(dueOn, week)) : done(formats.day(doneOn, week)),
    )
  const agreed: Block =
    actions.length === 0
      ? { kind: 'paragraph', tone: 'plain', text: none }
      : { kind: 'list', items: shownItems(actions, SHOWN_ACTIONS, item, (hidden) => more(count(hidden))) }
  return { id: 'actions', heading, blocks: [...coachingLines(measures, context), agreed] }
}
