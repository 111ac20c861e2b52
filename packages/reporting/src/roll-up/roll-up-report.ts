import type { ReportedArea, ReportFrame } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import { bareName, postBefore, unitLabel } from '../unit-label.ts'
import type { ReportViewModel, Section } from '../view-model.ts'
import type { RollUpContext } from './roll-up-context.ts'

interface Said {
  readonly title: string
  readonly preheader: string
  readonly disclaimer: string
  readonly why: string
  subject(area: string, period: string): string
  opening(period: string): string
}

/** `Kecamatan Ilir Timur I`, whether or not the directory's name already says so. */
export function areaName({ name, type }: Pick<ReportedArea, 'name' | 'type'>): string {
  return type === 'kecamatan' ? unitLabel({ name, type }) : plainLine(name)
}

/** The sections of one reader's roll-up with what stands around them. */
export function rollUpReport(
  frame: ReportFrame & { readonly area: Pick<ReportedArea, 'name' | 'type' | 'headRole'> },
  { preheader, why, ...said }: Said,
  sections: readonly Section[],
  { locale, words, messages, formats }: RollUpContext,
): ReportViewModel {
  const { marks } = words
  const { area } = frame
  const name = areaName(area)
  const post = area.type === 'kecamatan' ? bareName({ name: area.name, type: area.type }) : name
  const period = formats.week(frame.week)
  const subject = said.subject(name, period)
  const opening = said.opening(period)
  const note = frame.marked === undefined ? '' : { resent: marks.resentNote, test: marks.testNote }[frame.marked]
  return {
    locale,
    subject: frame.marked === undefined ? subject : `[${marks[frame.marked]}] ${subject}`,
    preheader,
    title: said.title,
    unitLabel: name,
    period,
    greeting: words.greeting(postBefore(plainLine(frame.area.headRole), post), post),
    opening: note === '' ? opening : `${note} ${opening}`,
    sections,
    disclaimer: said.disclaimer,
    footer: [
      why,
      messages.footer.sentBy(formats.zoneName(frame.nextRunMs)),
      ...(frame.unsubscribeUrl === undefined ? [] : [words.unsubscribe(frame.unsubscribeUrl)]),
    ],
  }
}
