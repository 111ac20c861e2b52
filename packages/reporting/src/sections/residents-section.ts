import { type Focus, findMeasure } from '../choose-focus.ts'
import { CONDUCT_CATEGORIES } from '../conduct.ts'
import type { ReportContext } from '../report-context.ts'
import { speakOfReports } from '../speak-of-reports.ts'
import type { Section } from '../view-model.ts'

/** How residents were met, and the state of the rooms, in counts; what the focus has already told is left out. */
export function residentsSection(context: ReportContext, focus: Focus | undefined): readonly Section[] {
  const { input, messages, count } = context
  const told = focus?.kind === 'reported' ? focus : undefined
  const reports = CONDUCT_CATEGORIES.flatMap((category) => {
    const counts = input.conduct.find((c) => c.category === category)
    if (counts === undefined || counts.inR13 === 0 || category === told?.key) return []
    return [`${speakOfReports(counts, context)}.`]
  })
  const inspected = findMeasure(input.measures, 'S14', 'R13')
  const items =
    inspected === undefined || told?.inspected !== undefined
      ? []
      : [`${messages.focus.itemsInOrder(count(inspected.numerator), count(inspected.denominator))}.`]
  const all = [...reports, ...items]
  if (all.length === 0) return []
  return [{ id: 'residents', heading: messages.residents.heading, blocks: [{ kind: 'list', items: all }] }]
}
