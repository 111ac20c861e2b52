import { findMeasure } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure, ReportWindow } from '../report-input.ts'
import { isRated, MINIMUM_FOR_PERCENT, meanAnswer } from '../speak-of-measure.ts'
import type { Block } from '../view-model.ts'

interface CountWords extends Pick<ReportContext, 'messages' | 'formats' | 'count'> {
  readonly caption: string
  /** The window that stands beside the week's own. */
  readonly window: ReportWindow
}

/** Counts of the named measures, of the week and of one longer window; a column that would be empty is left out. */
export function figuresTable(
  names: Readonly<Record<string, string>>,
  measures: readonly ReportMeasure[],
  words: CountWords,
): readonly Block[] {
  const { messages, caption, window } = words
  const { figures, windowNames } = messages
  const rows = Object.entries(names).flatMap(([measure, name]) => {
    const week = findMeasure(measures, measure, 'W1')
    const longer = findMeasure(measures, measure, window)
    const texts = [figureText(week, words), figureText(longer, words)]
    return texts.every((text) => text === '') ? [] : [[name, ...texts]]
  })
  if (rows.length === 0) return []
  const columns = [figures.measureColumn, figures.weekColumn, windowNames[window]]
  if (rows.some(([, week]) => week !== '')) return [{ kind: 'table', caption, columns, rows }]
  const withoutWeek = <T>(row: readonly T[]) => row.toSpliced(1, 1)
  return [{ kind: 'table', caption, columns: withoutWeek(columns), rows: rows.map(withoutWeek) }]
}

function figureText(counts: ReportMeasure | undefined, { messages, formats, count }: CountWords): string {
  if (counts === undefined) return ''
  const n = count(counts.denominator)
  const enough = counts.denominator >= MINIMUM_FOR_PERCENT
  if (isRated(counts.measure)) {
    return enough ? messages.figures.mean(formats.number(meanAnswer(counts), 1), n) : ''
  }
  const figure = messages.of(count(counts.numerator), n)
  return enough ? messages.figures.withPercent(figure, formats.percent(counts.numerator / counts.denominator)) : figure
}
