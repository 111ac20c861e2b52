import { findMeasure } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure, ReportWindow } from '../report-input.ts'
import { answerOf, isRated, MINIMUM_FOR_PERCENT } from '../speak-of-measure.ts'
import type { Block } from '../view-model.ts'

interface CountWords extends Pick<ReportContext, 'messages' | 'formats' | 'count'> {
  readonly caption: string
  /** The window that stands beside the week's own. */
  readonly window: ReportWindow
  /** Whether a share or mean is followed by the range in which, in four of five chances, what it tells of really lies. */
  readonly ranges?: boolean
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

function figureText(counts: ReportMeasure | undefined, words: CountWords): string {
  if (counts === undefined) return ''
  const { messages, formats, count, ranges = false } = words
  const { measure, numerator, denominator, lower80, upper80 } = counts
  const n = count(denominator)
  const enough = denominator >= MINIMUM_FOR_PERCENT
  if (isRated(measure)) {
    if (!enough) return ''
    const answer = (share: number) => formats.number(answerOf(share), 1)
    const range = `${answer(lower80)}–${answer(upper80)}`
    return messages.figures.mean(answer(numerator / denominator), n, ranges ? range : undefined)
  }
  const figure = messages.of(count(numerator), n)
  if (!enough) return figure
  const percent = formats.percent(numerator / denominator)
  const range = `${formats.number(Math.round(lower80 * 100))}–${formats.percent(upper80)}`
  return messages.figures.withPercent(figure, ranges ? `${percent}; ${range}` : percent)
}
