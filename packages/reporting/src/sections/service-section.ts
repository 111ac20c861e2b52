import { findMeasure, MINIMUM_CASES } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import type { Block, Section } from '../view-model.ts'

export function serviceSection(context: ReportContext): Section {
  return {
    id: 'service',
    heading: context.messages.service.heading,
    blocks: scoreBlocks(context) ?? [{ kind: 'paragraph', tone: 'plain', text: hiddenText(context) }],
  }
}

function scoreBlocks({ input, messages, formats }: ReportContext): readonly Block[] | undefined {
  const row = input.service
  if (row === null || row.value === null) return undefined
  const value = formats.number(Math.round(row.value))
  const blocks: Block[] = [
    {
      kind: 'scale',
      label: messages.service.label,
      value: Math.round(row.value),
      lower: Math.round(row.lower80),
      upper: Math.round(row.upper80),
      valueText: messages.scoreOutOf(value),
      band: messages.bands[row.band],
    },
    {
      kind: 'paragraph',
      tone: 'plain',
      text: messages.interval(formats.number(Math.round(row.lower80)), formats.number(Math.round(row.upper80))),
    },
    {
      kind: 'paragraph',
      tone: 'quiet',
      text: `${messages.bandMeanings[row.band]} ${messages.confidence[row.confidence]}`.trim(),
    },
  ]
  if (row.window === 'R26') blocks.push({ kind: 'paragraph', tone: 'quiet', text: messages.service.widened })
  return blocks
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
