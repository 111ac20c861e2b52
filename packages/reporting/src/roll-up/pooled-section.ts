import type { AreaReportInput } from '../area-report-input.ts'
import { figuresTable } from '../sections/figures-table.ts'
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
  const { attendanceCaption, attendance, pooled } = words.figures
  return {
    id: 'figures',
    heading,
    blocks: [
      ...trendBlocks(trends, context),
      ...figuresTable(names, measures, { ...context, caption: serviceCaption, window: 'R13' }),
      ...figuresTable(attendance, measures, { ...context, caption: attendanceCaption, window: 'R4' }),
      { kind: 'paragraph', tone: 'quiet', text: pooled },
    ],
  }
}
