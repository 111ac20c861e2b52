import { isoWeekName } from '@bina/domain/week'
import { findMeasure } from '../choose-focus.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure, ReportNote, ReportWindow } from '../report-input.ts'
import { factWithRemainder, isRated, MINIMUM_FOR_PERCENT, meanAnswer, withinWindow } from '../speak-of-measure.ts'
import type { Block, Section } from '../view-model.ts'

export const SERVICE_MEASURES = ['S1', 'S2', 'S3', 'S5', 'S6'] as const
export const DISCIPLINE_MEASURES = ['A1', 'A2', 'A3'] as const
type ShownMeasure = (typeof SERVICE_MEASURES)[number] | (typeof DISCIPLINE_MEASURES)[number]

/** The counts behind every sentence above, and what a reader must know to trust them. */
export function figuresSection(context: ReportContext): Section {
  const { input, messages } = context
  const { figures } = messages
  return {
    id: 'figures',
    heading: figures.heading,
    blocks: [
      ...figuresTable(figures.serviceCaption, SERVICE_MEASURES, input.service?.window ?? 'R13', context),
      ...backlogLine(context),
      ...figuresTable(figures.disciplineCaption, DISCIPLINE_MEASURES, input.discipline?.window ?? 'R4', context),
      { kind: 'facts', rows: dataFacts(context) },
    ],
  }
}

/** The counts that a table shows, and the words for them. */
export interface CountedFigures extends Pick<ReportContext, 'messages' | 'formats' | 'count'> {
  readonly input: { readonly measures: readonly ReportMeasure[] }
}

/** One table for each score, as a table has one longer window. */
export function figuresTable(
  caption: string,
  measures: readonly ShownMeasure[],
  window: ReportWindow,
  context: CountedFigures,
): readonly Block[] {
  const { input, messages } = context
  const { figures, windowNames } = messages
  const rows = measures.flatMap((measure) => {
    const week = findMeasure(input.measures, measure, 'W1')
    const longer = findMeasure(input.measures, measure, window)
    if (week === undefined && longer === undefined) return []
    return [{ name: figures.names[measure], week: figureText(week, context), longer: figureText(longer, context) }]
  })
  if (rows.length === 0) return []
  const windowColumn = windowNames[window]
  if (rows.every((row) => row.week === '')) {
    const columns = [figures.measureColumn, windowColumn]
    return [{ kind: 'table', caption, columns, rows: rows.map((row) => [row.name, row.longer]) }]
  }
  const columns = [figures.measureColumn, figures.weekColumn, windowColumn]
  return [{ kind: 'table', caption, columns, rows: rows.map((row) => [row.name, row.week, row.longer]) }]
}

/** The backlog is a matter of a year, so it fits no column of the table. */
function backlogLine(context: ReportContext): readonly Block[] {
  const backlog = findMeasure(context.input.measures, 'S4', 'R52')
  if (backlog === undefined) return []
  return [
    { kind: 'paragraph', tone: 'quiet', text: withinWindow(backlog, factWithRemainder(backlog, context), context) },
  ]
}

function figureText(counts: ReportMeasure | undefined, { messages, formats, count }: CountedFigures): string {
  if (counts === undefined) return ''
  const n = count(counts.denominator)
  const enough = counts.denominator >= MINIMUM_FOR_PERCENT
  if (isRated(counts.measure)) {
    return enough ? messages.figures.mean(formats.number(meanAnswer(counts), 1), n) : messages.figures.ratings(n)
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
  return [
    { label: figures.periodLabel, text: `${isoWeekName(input.week)} (${formats.week(input.week)})` },
    { label: figures.completeLabel, text: formats.instant(input.dataCompleteUntilMs) },
    { label: figures.statusLabel, text: input.status === 'final' ? figures.final : figures.provisional },
    ...(notes === '' ? [] : [{ label: figures.notesLabel, text: notes }]),
    { label: figures.nextLabel, text: formats.instant(input.nextRunMs) },
    { label: figures.policyLabel, text: plainLine(input.policyVersion) },
  ]
}
