import { findMeasure } from '../choose-focus.ts'
import type { ReportMeasure } from '../report-input.ts'
import type { Block } from '../view-model.ts'
import type { RollUpContext } from './roll-up-context.ts'

/** K1 and K3 of an area: coaching held of that planned, agreed steps done in time. */
export function coachingLines(
  measures: readonly ReportMeasure[],
  { words, count }: Pick<RollUpContext, 'words' | 'count'>,
): readonly Block[] {
  const { coaching, done13 } = words.actions
  const lines = [
    ['K1', coaching],
    ['K3', done13],
  ] as const
  return lines.flatMap(([measure, say]) => {
    const counts = findMeasure(measures, measure, 'R13')
    if (counts === undefined) return []
    const text = say(count(counts.numerator), count(counts.denominator))
    return [{ kind: 'paragraph', tone: 'plain', text } as const]
  })
}
