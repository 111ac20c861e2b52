import { isoWeekName } from '@bina/domain/week'
import { findMeasure } from '../choose-focus.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure, ReportNote, ReportWindow } from '../report-input.ts'
import { factWithRemainder, isRated, MINIMUM_FOR_PERCENT, meanAnswer, withinWindow } from '../speak-of-measure.ts'
import type { Block, Section } from '../view-model.ts'

const SERVICE_MEASURES = ['S1', 'S2', 'S3', 'S5', 'S6'] as const

/** The counts behind the score, and what a reader must know to trust them. Without a score its counts are told in its own section. */
export function figuresSection(context: ReportContext): Section {
  const { input, messages } = context
  const counts =
    input.service?.value == null ? [] : [...serviceTable(input.service.window, context), ...backlogLine(context)]
  return {
    id: 'figures',
    heading: messages.figures.heading,
    blocks: [...counts, { kind: 'facts', rows: dataFacts(context) }],
  }
}

function serviceTable(window: ReportWindow, context: ReportContext): readonly Block[] {
  const { input, messages } = context
  const { figures, windowNames } = messages
  const rows = SERVICE_MEASURES.flatMap((measure) => {
    const week = findMeasure(input.measures, measure, 'W1')
    const longer = findMeasure(input.measures, measure, window)
    const texts = [figureText(week, context), figureText(longer, context)]
    return texts.every((text) => text === '') ? [] : [[figures.names[measure], ...texts]]
  })
  if (rows.length === 0) return []
  const caption = figures.serviceCaption
  const columns = [figures.measureColumn, figures.weekColumn, windowNames[window]]
  if (rows.some(([, week]) => week !== '')) return [{ kind: 'table', caption, columns, rows }]
  const withoutWeek = <T>(row: readonly T[]) => row.toSpliced(1, 1)
  return [{ kind: 'table', caption, columns: withoutWeek(columns), rows: rows.map(withoutWeek) }]
}

/** The backlog is a matter of a year, so it fits no column of the table. */
function backlogLine(context: ReportContext): readonly Block[] {
  const backlog = findMeasure(context.input.measures, 'S4', 'R52')
  if (backlog === undefined) return []
  return [
    { kind: 'paragraph', tone: 'quiet', text: withinWindow(backlog, factWithRemainder(backlog, context), context) },
  ]
}

function figureText(counts: ReportMeasure | undefined, { messages, formats, count }: ReportContext): string {
  if (counts === undefined) return ''
  const n = count(counts.denominator)
  const enough = counts.denominator >= MINIMUM_FOR_PERCENT
  if (isRated(counts.measure)) {
    return enough ? messages.figures.mean(formats.number(meanAnswer(counts), 1), n) : ''
  }
  const figure = messages.of(count(counts.numerator), n)
  return enough ? messages.figures.withPercent(figure, formats.percent(counts.numerator / counts.denominator)) : figure
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
