import type { AreaReportInput } from '../area-report-input.ts'
import type { ReportMeasure } from '../report-input.ts'
import { figuresTable } from '../sections/figures-table.ts'
import { MINIMUM_FOR_PERCENT } from '../speak-of-measure.ts'
import type { Section } from '../view-model.ts'
import type { RollUpContext } from './roll-up-context.ts'
import { trendBlocks } from './trend-blocks.ts'

/** Figures of an area, its trends first: numerators and denominators added up. */
export function pooledSection(
  heading: string,
  { measures, trends }: Pick<AreaReportInput, 'measures' | 'trends'>,
  context: RollUpContext,
): Section {
  const { messages, words } = context
  const { serviceCaption, names } = messages.figures
  const { attendanceCaption, attendance, pooled, ranges, few } = words.figures
  const charts = trendBlocks(trends, context)
  const named = measures.filter(({ measure: of }) => Object.hasOwn(names, of) || Object.hasOwn(attendance, of))
  const isFew = ({ denominator }: ReportMeasure) => denominator < MINIMUM_FOR_PERCENT
  const notes = [
    pooled,
    ...(charts.length > 0 || !named.every(isFew) ? [ranges] : []),
    ...(named.some(isFew) ? [few] : []),
  ]
  return {
    id: 'figures',
    heading,
    blocks: [
      ...charts,
      ...figuresTable(names, measures, { ...context, caption: serviceCaption, window: 'R13', ranges: true }),
      ...figuresTable(attendance, measures, { ...context, caption: attendanceCaption, window: 'R4', ranges: true }),
      { kind: 'paragraph', tone: 'quiet', text: notes.join(' ') },
    ],
  }
}
