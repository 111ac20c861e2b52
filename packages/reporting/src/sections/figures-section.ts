import { isoWeekName } from '@bina/domain/week'
import { findMeasure, windowOf } from '../choose-focus.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure, ReportNote, ReportWindow } from '../report-input.ts'
import { isRated, MINIMUM_FOR_PERCENT, meanAnswer } from '../speak-of-measure.ts'
import type { Block, Section } from '../view-model.ts'

const SERVICE_MEASURES = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const
const DISCIPLINE_MEASURES = ['A1', 'A2', 'A3'] as const
type ShownMeasure = (typeof SERVICE_MEASURES)[number] | (typeof DISCIPLINE_MEASURES)[number]

/** The counts behind every sentence above, and what a reader must know to trust them. */
export function figuresSection(context: ReportContext): Section {
  const { messages } = context
  return {
    id: 'figures',
    heading: messages.figures.heading,
    blocks: [...figuresTable(context), { kind: 'facts', rows: dataFacts(context) }],
  }
}

function figuresTable(context: ReportContext): readonly Block[] {
  const { input, messages } = context
  const { figures, windowNames } = messages
  const serviceWindow: ReportWindow = input.service?.window ?? 'R13'
  const disciplineWindow: ReportWindow = input.discipline?.window ?? 'R4'
  const shown: readonly (readonly [ShownMeasure, ReportWindow])[] = [
    ...SERVICE_MEASURES.map((measure) => [measure, windowOf(measure, serviceWindow)] as const),
    ...DISCIPLINE_MEASURES.map((measure) => [measure, disciplineWindow] as const),
  ]
  const rows = shown.flatMap(([measure, window]) => {
    const week = findMeasure(input.measures, measure, 'W1')
    const longer = findMeasure(input.measures, measure, window)
    if (week === undefined && longer === undefined) return []
    return [
      {
        name: figures.names[measure],
        week: week === undefined ? '' : figureText(week, context),
        longer: longer === undefined ? '' : figures.inWindow(figureText(longer, context), windowNames[window]),
      },
    ]
  })
  if (rows.length === 0) return []
  if (rows.every((row) => row.week === '')) {
    const columns = [figures.measureColumn, figures.windowColumn]
    return [{ kind: 'table', caption: figures.caption, columns, rows: rows.map((row) => [row.name, row.longer]) }]
  }
  const columns = [figures.measureColumn, figures.weekColumn, figures.windowColumn]
  return [
    { kind: 'table', caption: figures.caption, columns, rows: rows.map((row) => [row.name, row.week, row.longer]) },
  ]
}

function figureText(counts: ReportMeasure, { messages, formats, count }: ReportContext): string {
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
    { label: figures.periodLabel, text: `${formats.week(input.week)} (${isoWeekName(input.week)})` },
    { label: figures.completeLabel, text: formats.instant(input.dataCompleteUntilMs) },
    { label: figures.statusLabel, text: input.status === 'final' ? figures.final : figures.provisional },
    ...(notes === '' ? [] : [{ label: figures.notesLabel, text: notes }]),
    { label: figures.nextLabel, text: formats.instant(input.nextRunMs) },
    { label: figures.policyLabel, text: plainLine(input.policyVersion) },
  ]
}
