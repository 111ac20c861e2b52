import type { Focus } from '../choose-focus.ts'
import { chooseGoodNews } from '../choose-good-news.ts'
import type { ReportContext } from '../report-context.ts'
import { factOf, withinWindow } from '../speak-of-measure.ts'
import type { Section } from '../view-model.ts'

export function wentWellSection(context: ReportContext, focus: Focus | undefined): Section {
  const { heading } = context.messages.wentWell
  return {
    id: 'went_well',
    heading,
    blocks: [{ kind: 'paragraph', tone: 'plain', text: goodNewsText(context, measuresOf(focus)) }],
  }
}

function measuresOf(focus: Focus | undefined): readonly string[] {
  if (focus === undefined) return []
  return focus.kind === 'score' ? focus.measures.map((m) => m.measure) : ['S6', 'S11']
}

function goodNewsText(context: ReportContext, focusMeasures: readonly string[]): string {
  const { messages, count, input } = context
  const news = chooseGoodNews(input, focusMeasures)
  switch (news.kind) {
    case 'measure':
      return withinWindow(news.counts, factOf(news.counts, context), context)
    case 'signal':
      return messages.wentWell.signal(messages.signals.names[news.measure], count(news.weeks))
    case 'spot_checks':
      return messages.wentWell.spotChecks(count(news.confirmed))
    case 'nothing_overdue':
      return messages.wentWell.nothingOverdue
    case 'presence':
      return messages.wentWell.presence(count(news.counts.numerator), count(news.counts.denominator))
    case 'thanks':
      return messages.wentWell.thanks
    default:
      return news satisfies never
  }
}
