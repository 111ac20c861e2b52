import type { Focus, ReportedFocus, ScoreFocus } from '../choose-focus.ts'
import { linkedCell } from '../linked-cell.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import { factWithRemainder, withinWindow } from '../speak-of-measure.ts'
import { speakOfReports } from '../speak-of-reports.ts'
import type { StepKey } from '../step-key.ts'
import { stepKeyOf, suggestedStep } from '../suggested-step.ts'
import type { Block, Section } from '../view-model.ts'
import { focusTrend } from './focus-trend.ts'

/** One focus with its reason, a question, one step with owner and date, and an offer of help. Without a focus the page still has a step. */
export function focusSection(context: ReportContext, focus: Focus | undefined): Section {
  const { input, messages } = context
  const key = stepKeyOf(input, focus)
  return {
    id: 'focus',
    heading:
      focus === undefined ? messages.focus.noFocusHeading : messages.focus.heading(messages.focus.names[focus.key]),
    blocks: [
      ...reasonBlocks(context, focus, key),
      { kind: 'question', text: messages.focus.questions[key] },
      ...stepBlocks(context),
      { kind: 'paragraph', tone: 'plain', text: messages.focus.support[input.unit.type] },
    ],
  }
}

function reasonBlocks(context: ReportContext, focus: Focus | undefined, key: StepKey): readonly Block[] {
  const { noFocusCases, noFocusGeneral } = context.messages.focus
  if (focus === undefined)
    return [{ kind: 'paragraph', tone: 'plain', text: key === 'cases' ? noFocusCases : noFocusGeneral }]
  const { fact, why } = focus.kind === 'score' ? scoreReason(context, focus) : reportedReason(context, focus)
  const trend = focusTrend(context, focus)
  return [
    { kind: 'paragraph', tone: 'lead', text: fact },
    { kind: 'paragraph', tone: 'quiet', text: why },
    ...(trend === undefined ? [] : [trend]),
  ]
}

interface Reason {
  readonly fact: string
  readonly why: string
}

function scoreReason(context: ReportContext, focus: ScoreFocus): Reason {
  const { messages, formats } = context
  const facts = focus.measures.map((counts, index) => {
    const fact = factWithRemainder(counts, context)
    return index === 0 ? withinWindow(counts, fact, context) : `${fact}.`
  })
  const points = (value: number) => (value < 0.5 ? messages.focus.lessThanOne : formats.number(Math.round(value)))
  return {
    fact: facts.join(' '),
    why: messages.focus.why(points(focus.missingPoints), points(focus.missingPointsOfAll)),
  }
}

function reportedReason(context: ReportContext, { key, counts, signal, inspected }: ReportedFocus): Reason {
  const { messages, count } = context
  const reports = counts === undefined || counts.inR13 === 0 ? [] : [speakOfReports(counts, context)]
  const items =
    inspected === undefined
      ? []
      : [messages.focus.itemsInOrder(count(inspected.numerator), count(inspected.denominator))]
  const fact = [...reports, ...items].map((clause) => `${messages.within.R13}, ${clause}.`).join(' ')
  if (key === 'facility') return { fact, why: messages.focus.whyFacility }
  if (signal === undefined) return { fact, why: messages.focus.whyReported }
  return { fact, why: signal.measure === 'S11' ? messages.focus.whySignal : messages.focus.whyRatings }
}

function stepBlocks({ input, library, messages, formats }: ReportContext): readonly Block[] {
  const { action, dueOn } = suggestedStep(input, library)
  const owner =
    action.owner === 'head' ? plainLine(input.unit.headRole) : messages.owners[input.unit.type][action.owner]
  const agree = linkedCell(messages.focus.agree, input.links?.agree)
  return [
    {
      kind: 'step',
      label: messages.focus.stepLabel,
      text: action.text[input.unit.locale],
      facts: [
        { label: messages.focus.ownerLabel, text: owner },
        { label: messages.focus.dueLabel, text: formats.date(dueOn) },
      ],
    },
    ...(typeof agree === 'string' ? [] : [{ kind: 'button' as const, ...agree }]),
  ]
}
