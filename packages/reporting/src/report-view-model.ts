import type { ActionLibrary } from './action-library.ts'
import { chooseFocus } from './choose-focus.ts'
import { linkedCell } from './linked-cell.ts'
import { plainLine } from './plain-line.ts'
import { type ReportContext, reportContext } from './report-context.ts'
import type { ReportInput } from './report-input.ts'
import { casesSection } from './sections/cases-section.ts'
import { disciplineSection } from './sections/discipline-section.ts'
import { figuresSection } from './sections/figures-section.ts'
import { findingsSection } from './sections/findings-section.ts'
import { focusSection } from './sections/focus-section.ts'
import { residentsSection } from './sections/residents-section.ts'
import { rightsSection, superiorSection } from './sections/rights-section.ts'
import { serviceSection } from './sections/service-section.ts'
import { sinceSection } from './sections/since-section.ts'
import { wentWellSection } from './sections/went-well-section.ts'
import { bareName, postBefore, unitLabel } from './unit-label.ts'
import type { ReportViewModel } from './view-model.ts'

/** One unit's weekly report in words and numbers: equal inputs give equal view models, and nothing but the input and the city's steps speaks. */
export function reportViewModel(input: ReportInput, library: ActionLibrary): ReportViewModel {
  const context = reportContext(input, library)
  const { messages, formats } = context
  const label = unitLabel(input.unit)
  const period = formats.week(input.week)
  const focus = chooseFocus(input)
  const notices = noticesOf(context)
  const unsubscribe = [
    linkedCell(messages.footer.unsubscribe, input.links?.unsubscribe),
    linkedCell(messages.footer.unsubscribeCopies, input.links?.unsubscribeCopies),
  ].flatMap((cell) => (typeof cell === 'string' ? [] : [cell]))
  const subject = messages.subject(label, period)

  return {
    locale: input.unit.locale,
    subject: input.marked === undefined ? subject : `[${messages.notices.marks[input.marked]}] ${subject}`,
    preheader: preheader(context, focus === undefined ? undefined : messages.focus.names[focus.key]),
    title: messages.title,
    unitLabel: label,
    period,
    ...(notices.length === 0 ? {} : { notices }),
    greeting: messages.greeting(postOf(context), bareName(input.unit)),
    opening: messages.opening(period),
    sections: [
      wentWellSection(context, focus),
      serviceSection(context, focus),
      focusSection(context, focus),
      casesSection(context),
      ...sinceSection(context),
      ...residentsSection(context, focus),
      ...findingsSection(context),
      disciplineSection(context),
      figuresSection(context),
      rightsSection(context),
      ...superiorSection(context),
    ],
    disclaimer: messages.disclaimer,
    footer: [whyItCame(context, label), messages.footer.sentBy(formats.zoneName(input.nextRunMs))],
    unsubscribe,
  }
}

function postOf({ input }: ReportContext): string {
  return postBefore(plainLine(input.unit.headRole), bareName(input.unit))
}

function noticesOf(context: ReportContext): readonly string[] {
  const { input, messages } = context
  return [
    ...(input.marked === undefined ? [] : [messages.notices[input.marked]]),
    ...(input.reader === 'in_place_of' ? [messages.notices.inPlaceOf(postOf(context), bareName(input.unit))] : []),
  ]
}

function whyItCame({ input, messages }: ReportContext, label: string): string {
  switch (input.reader) {
    case 'superior':
      return messages.footer.whySuperior(label)
    case 'in_place_of':
      return messages.footer.whyInPlaceOf(label)
    case 'added':
      return messages.footer.whyAdded(label)
    case 'unit_head':
    case undefined:
      return messages.footer.whyHead(label)
    default:
      return input.reader satisfies never
  }
}

function preheader({ input, messages, count }: ReportContext, focusName: string | undefined): string {
  const { casesDue, casesOverdue } = input
  const words = messages.preheader
  return [
    focusName === undefined ? words.noFocus : words.focus(focusName),
    ...(casesOverdue.length > 0 ? [words.overdue(count(casesOverdue.length))] : []),
    casesDue.length > 0 ? words.due(count(casesDue.length)) : words.nothingDue,
  ].join(' ')
}
