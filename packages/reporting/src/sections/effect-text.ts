import type { ReportContext } from '../report-context.ts'

/** What earlier coaching moved, in a sentence; undefined where it cannot be concluded, or of a measure that the reports have no word for. */
export function effectText({ input, messages, formats, count }: ReportContext): string | undefined {
  const found = input.coachingEffect
  if (found === null) return undefined
  const name = Object.entries(messages.effect.names).find(([id]) => id === found.measure)?.[1]
  if (name === undefined) return undefined
  const basis = messages.effect.basis(count(found.comparedUnits))
  if (found.conclusion === 'none') return `${messages.effect.none(name)} ${basis}`
  // Below what would have been is told as so many points below, not as a negative number.
  const sign = found.conclusion === 'higher' ? 1 : -1
  const [lower, upper] = sign === 1 ? [found.lower80, found.upper80] : [-found.upper80, -found.lower80]
  const points = (value: number) => formats.number(value, 1)
  const say = messages.effect[found.conclusion]
  return `${say(name, points(sign * found.effect), points(lower), points(upper))} ${basis}`
}
