import type { ControlLimits } from './control-limits.ts'
import { xmrLimits } from './xmr-limits.ts'

/** Nelson 1994: times between rare events, raised to this power, lie almost like a normal distribution. */
const POWER = 1 / 3.6

/** Limits for the days between rare events: XmR of days^(1/3.6), brought back to days. Undefined below two gaps. */
export function tChartLimits(baselineDays: readonly number[]): ControlLimits | undefined {
  const limits = xmrLimits(
    baselineDays.map((days) => days ** POWER),
    { least: 0 },
  )
  if (limits === undefined) return undefined
  const days = (transformed: number) => transformed ** (1 / POWER)
  return {
    centre: days(limits.centre),
    lower: days(limits.lower),
    upper: days(limits.upper),
    nearLower: days(limits.nearLower),
    nearUpper: days(limits.nearUpper),
  }
}
