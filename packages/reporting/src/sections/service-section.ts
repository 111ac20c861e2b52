import { type Focus, findMeasure, MINIMUM_CASES } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import { factOf } from '../speak-of-measure.ts'
import { isSustained } from '../sustained-signals.ts'
import type { Block, Section } from '../view-model.ts'
import { serviceTrend } from './service-trend.ts'

const MOST_SIGNALS = 2
/** What can be counted of a unit too small for a score. */
const RECORDED = ['S1', 'S2', 'S3'] as const

export function serviceSection(context: ReportContext, focus: Focus | undefined): Section {
  return {
    id: 'service',
    heading: context.messages.service.heading,
    blocks: [...(scoreBlocks(context) ?? hiddenBlocks(context)), ...changeBlocks(context, focus)],
  }
}

function scoreBlocks({ input, messages, formats }: ReportContext): readonly Block[] | undefined {
  const row = input.service
  if (row === null || row.value === null) return undefined
  const whole = (value: number) => formats.number(Math.round(value))
  const meaning = [
    messages.interval(whole(row.lower80), whole(row.upper80)),
    messages.bandMeanings[row.band],
    messages.confidence[row.confidence],
    ...(row.window === 'R26' ? [messages.service.widened] : []),
  ]
  return [
    {
      kind: 'scale',
      label: messages.service.label,
      value: Math.round(row.value),
      lower: Math.round(row.lower80),
      upper: Math.round(row.upper80),
      valueText: messages.scoreOutOf(whole(row.value)),
      band: messages.bands[row.band],
    },
    { kind: 'paragraph', tone: 'plain', text: meaning.filter((sentence) => sentence !== '').join(' ') },
  ]
}

/** The course of the score, and whether anything moved by more than chance. */
function changeBlocks(context: ReportContext, focus: Focus | undefined): readonly Block[] {
  const { messages } = context
  const trend = context.input.service?.value == null ? undefined : serviceTrend(context)
  const signals = signalTexts(context, focus)
  const isCalm = trend?.finding === 'within' && signals.length === 0
  const texts = isCalm ? [messages.trend.calm] : signals
  return [
    ...(trend === undefined ? [] : [trend.block]),
    ...texts.map((text) => ({ kind: 'paragraph' as const, tone: 'quiet' as const, text })),
  ]
}

/** What made the focus is not told twice. */
function signalTexts({ input, messages, count }: ReportContext, focus: Focus | undefined): readonly string[] {
  const told = focus?.kind === 'reported' && focus.signal !== undefined ? ['S6', 'S11'] : []
  return input.signals
    .filter((signal) => signal.direction === 'concern' && isSustained(signal) && !told.includes(signal.measure))
    .flatMap(({ measure, weeks }) => {
      const name = Object.entries(messages.signals.names).find(([id]) => id === measure)?.[1]
      return name === undefined ? [] : [messages.signals.concern(name, count(weeks))]
    })
    .slice(0, MOST_SIGNALS)
}

/** Without a score the page says what is on record, in counts. */
function hiddenBlocks(context: ReportContext): readonly Block[] {
  const { input, messages } = context
  const window = input.service?.window ?? 'R13'
  const facts = RECORDED.flatMap((id) => {
    const counts = findMeasure(input.measures, id, window)
    return counts === undefined ? [] : [factOf(counts, context)]
  })
  const recorded = messages.service.recorded(messages.within[window], facts.join('; '))
  return [
    { kind: 'paragraph', tone: 'plain', text: hiddenText(context) },
    ...(facts.length === 0 ? [] : [{ kind: 'paragraph' as const, tone: 'plain' as const, text: recorded }]),
  ]
}

function hiddenText({ input, messages, count }: ReportContext): string {
  const window = input.service?.window ?? 'R13'
  const within = messages.within[window]
  const due = findMeasure(input.measures, 'S2', window)?.denominator ?? 0
  if (due === 0) return messages.service.noData(within)
  return due < MINIMUM_CASES
    ? messages.service.hidden(within, count(due))
    : messages.service.hiddenWide(within, count(due))
}
