import type { AreaReportInput } from '../area-report-input.ts'
import type { ReportWindow } from '../report-input.ts'
import { DISCIPLINE_MEASURES, figuresTable, SERVICE_MEASURES } from '../sections/figures-section.ts'
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
  const of = { ...context, input: { measures } }
  const table = (caption: string, shown: typeof SERVICE_MEASURES | typeof DISCIPLINE_MEASURES, window: ReportWindow) =>
    figuresTable(caption, shown, window, of)
  return {
    id: 'figures',
    heading,
    blocks: [
      ...trendBlocks(trends, context),
      ...table(messages.figures.serviceCaption, SERVICE_MEASURES, 'R13'),
      ...table(messages.figures.disciplineCaption, DISCIPLINE_MEASURES, 'R4'),
      { kind: 'paragraph', tone: 'quiet', text: words.figures.pooled },
    ],
  }
}
