import { addDays, dayNumberOf } from '@bina/domain/plain-date'
import type { Focus } from '../choose-focus.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import { factWithRemainder, withinWindow } from '../speak-of-measure.ts'
import { type StepKey, type StepLibrary, stepFor } from '../step-library.ts'
import type { Block, Section } from '../view-model.ts'

const FRIDAY_OF_THE_NEW_WEEK = 11

/** One focus with its reason, a question, one step with owner and date, and an offer of help. Without a focus the page still has a step. */
export function focusSection(context: ReportContext, focus: Focus | undefined, library: StepLibrary): Section {
  const { input, messages } = context
  const key = focus?.term ?? stepKeyWithoutFocus(context)
  return {
    id: 'focus',
    heading:
      focus === undefined ? messages.focus.noFocusHeading : messages.focus.heading(messages.focus.names[focus.term]),
    blocks: [
      ...(focus === undefined ? introWithoutFocus(context, key) : reason(context, focus)),
      { kind: 'question', text: messages.focus.questions[key] },
      stepBlock(context, key, library),
      { kind: 'paragraph', tone: 'plain', text: messages.focus.support[input.unit.type] },
    ],
  }
}

function reason(context: ReportContext, focus: Focus): readonly Block[] {
  const { messages, formats } = context
  const facts = focus.measures.map((counts, index) => {
    const fact = factWithRemainder(counts, context)
    return index === 0 ? withinWindow(counts, fact, context) : `${fact}.`
  })
  const points = (value: number) => (value < 0.5 ? messages.focus.lessThanOne : formats.number(Math.round(value)))
  return [
    { kind: 'paragraph', tone: 'lead', text: facts.join(' ') },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: messages.focus.why(points(focus.missingPoints), points(focus.missingPointsOfAll)),
    },
  ]
}

function stepKeyWithoutFocus({ input }: ReportContext): 'cases' | 'general' {
  return input.casesDue.length + input.casesOverdue.length > 0 ? 'cases' : 'general'
}

function introWithoutFocus({ messages }: ReportContext, key: StepKey): readonly Block[] {
  const text = key === 'cases' ? messages.focus.noFocusCases : messages.focus.noFocusGeneral
  return [{ kind: 'paragraph', tone: 'plain', text }]
}

function stepBlock({ input, messages, formats }: ReportContext, key: StepKey, library: StepLibrary): Block {
  const step = stepFor(library, key, Math.floor(dayNumberOf(input.week) / 7))
  const owner = step.owner === 'head' ? plainLine(input.unit.headRole) : messages.owners[input.unit.type][step.owner]
  return {
    kind: 'step',
    label: messages.focus.stepLabel,
    text: step.text[input.unit.locale],
    facts: [
      { label: messages.focus.ownerLabel, text: owner },
      { label: messages.focus.dueLabel, text: formats.date(addDays(input.week, FRIDAY_OF_THE_NEW_WEEK)) },
    ],
  }
}
