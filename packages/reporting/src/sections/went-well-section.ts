import { chooseGoodNews } from '../choose-good-news.ts'
import type { ReportContext } from '../report-context.ts'
import { factOf, withinWindow } from '../speak-of-measure.ts'
import type { Section } from '../view-model.ts'

export function wentWellSection(context: ReportContext, focusMeasures: readonly string[]): Section {
  const { heading } = context.messages.wentWell
  return {
    id: 'went_well',
    heading,
    blocks: [{ kind: 'paragraph', tone: 'plain', text: goodNewsText(context, focusMeasures) }],
  }
}

function goodNewsText(context: ReportContext, focusMeasures: readonly string[]): string {
  const { messages, count, input } = context
  const news = chooseGoodNews(input, focusMeasures)
  switch (news.kind) {
    case 'measure':
      return withinWindow(news.counts, factOf(news.counts, context), context)
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
