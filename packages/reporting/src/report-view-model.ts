import { chooseFocus } from './choose-focus.ts'
import { defaultSteps } from './data/steps.ts'
import { plainLine } from './plain-line.ts'
import { type ReportContext, reportContext } from './report-context.ts'
import type { ReportInput } from './report-input.ts'
import { casesSection } from './sections/cases-section.ts'
import { disciplineSection } from './sections/discipline-section.ts'
import { figuresSection } from './sections/figures-section.ts'
import { focusSection } from './sections/focus-section.ts'
import { serviceSection } from './sections/service-section.ts'
import { wentWellSection } from './sections/went-well-section.ts'
import type { StepLibrary } from './step-library.ts'
import { bareName, postBefore, unitLabel } from './unit-label.ts'
import type { ReportViewModel, Section } from './view-model.ts'

/** One unit's weekly report in words and numbers: equal inputs give equal view models, and nothing but the input speaks. */
export function reportViewModel(input: ReportInput, steps: StepLibrary = defaultSteps): ReportViewModel {
  const context = reportContext(input)
  const { messages, formats } = context
  const label = unitLabel(input.unit)
  const period = formats.week(input.week)
  const focus = chooseFocus(input)
  const focusMeasures = focus?.measures.map((m) => m.measure) ?? []

  return {
    locale: input.unit.locale,
    subject: messages.subject(label, period),
    preheader: preheader(context, focus === undefined ? undefined : messages.focus.names[focus.term]),
    title: messages.title,
    unitLabel: label,
    period,
    greeting: messages.greeting(postBefore(plainLine(input.unit.headRole), bareName(input.unit)), bareName(input.unit)),
    opening: messages.opening(period),
    sections: [
      wentWellSection(context, focusMeasures),
      serviceSection(context),
      focusSection(context, focus, steps),
      casesSection(context),
      disciplineSection(context),
      figuresSection(context),
      rightsSection(context),
    ],
    disclaimer: messages.disclaimer,
    footer: [
      input.reader === 'superior' ? messages.footer.whySuperior(label) : messages.footer.whyHead(label),
      messages.footer.sentBy(formats.zoneName(input.nextRunMs)),
    ],
  }
}

function rightsSection({ input, messages, formats }: ReportContext): Section {
  const text = messages.rights.objection(formats.date(input.objectionUntil), plainLine(input.contact))
  return { id: 'rights', heading: messages.rights.heading, blocks: [{ kind: 'paragraph', tone: 'plain', text }] }
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
