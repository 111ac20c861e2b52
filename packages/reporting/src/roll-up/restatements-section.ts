import type { AreaReportInput } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Section } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import type { RollUpContext } from './roll-up-context.ts'

const CAUSES = ['late event', 'correction', 'withdrawal', 'directory', 'rebuild'] as const

/** Why a score moved, in words; a change of the rules is told with its versions. */
function causeText(cause: string, { words }: RollUpContext): string {
  const known = CAUSES.find((one) => one === cause)
  return known === undefined ? words.restatements.rules(plainLine(cause)) : words.restatements.causes[known]
}

/** For readers who see no scores: which final figures moved and why, without the figures. */
export function movesSection(
  restatements: AreaReportInput['restatements'],
  context: RollUpContext,
): readonly Section[] {
  if (restatements.length === 0) return []
  const { words, messages, formats, count } = context
  const { heading, caption, unitColumn, weekColumn, causeColumn } = words.restatements
  const rows = restatements.map(({ unitName, week, score, cause }) => [
    `${plainLine(unitName)}, ${messages[score].heading.toLowerCase()}`,
    formats.week(week),
    causeText(cause, context),
  ])
  const table = { caption, columns: [unitColumn, weekColumn, causeColumn], rows }
  return [{ id: 'restatements', heading, blocks: cappedTable(table, (n) => words.restatements.more(count(n))) }]
}

/** Final scores that moved since, with what they were: nothing is changed in silence. */
export function restatementsSection(
  restatements: AreaReportInput['restatements'],
  { words, messages, formats, count }: RollUpContext,
): readonly Section[] {
  if (restatements.length === 0) return []
  const { heading, caption, unitColumn, weekColumn, fromColumn, toColumn, hidden } = words.restatements
  const figure = (points: number | null) => (points === null ? hidden : formats.number(Math.round(points)))
  const rows = restatements.map(({ unitName, week, score, before, now }) => [
    `${plainLine(unitName)}, ${messages[score].heading.toLowerCase()}`,
    formats.week(week),
    figure(before),
    figure(now),
  ])
  const table = { caption, columns: [unitColumn, weekColumn, fromColumn, toColumn], rows }
  return [{ id: 'restatements', heading, blocks: cappedTable(table, (n) => words.restatements.more(count(n))) }]
}
