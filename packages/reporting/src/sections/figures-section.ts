import { isoWeekName } from '@bina/domain/week'
import { findMeasure } from '../choose-focus.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportNote } from '../report-input.ts'
import { factWithRemainder, withinWindow } from '../speak-of-measure.ts'
import type { Block, Section } from '../view-model.ts'
import { figuresTable } from './figures-table.ts'

/** The counts behind the score, and what a reader must know to trust them. Without a score its counts are told in its own section. */
export function figuresSection(context: ReportContext): Section {
  const { input, messages } = context
  const counts =
    input.service?.value == null
      ? []
      : [
          ...figuresTable(messages.figures.names, input.measures, {
            ...context,
            caption: messages.figures.serviceCaption,
            window: input.service.window,
          }),
          ...backlogLine(context),
        ]
  return {
    id: 'figures',
    heading: messages.figures.heading,
    blocks: [...counts, { kind: 'facts', rows: dataFacts(context) }],
  }
}

/** The backlog is a matter of a year, so it fits no column of the table. */
function backlogLine(context: ReportContext): readonly Block[] {
  const backlog = findMeasure(context.input.measures, 'S4', 'R52')
  if (backlog === undefined) return []
  return [
    { kind: 'paragraph', tone: 'quiet', text: withinWindow(backlog, factWithRemainder(backlog, context), context) },
  ]
}

function dataFacts({ input, messages, formats, count }: ReportContext) {
  const { figures } = messages
  const noteText = (note: ReportNote): string => {
    switch (note.kind) {
      case 'suspected_outage_days':
        return figures.outageDays(count(note.count))
      case 'unknown_schedule_profile':
        return figures.unknownProfile
      case 'dead_letters':
        return figures.deadLetters(count(note.count))
      default:
        return note satisfies never
    }
  }
  const notes = (input.notes ?? []).map(noteText).join(' ')
  const status = input.status === 'final' ? figures.final : figures.provisional
  return [
    { label: figures.periodLabel, text: `${isoWeekName(input.week)}, ${status}` },
    { label: figures.completeLabel, text: formats.instant(input.dataCompleteUntilMs) },
    ...(notes === '' ? [] : [{ label: figures.notesLabel, text: notes }]),
    { label: figures.nextLabel, text: formats.instant(input.nextRunMs) },
    { label: figures.policyLabel, text: plainLine(input.policyVersion) },
  ]
}
