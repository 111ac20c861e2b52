import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { nothingMore } from '@bina/reporting/nothing-more'
import type { ReportInput, ReportMeasure, ReportTrend, ReportWindow } from '@bina/reporting/report-input'

const weeks = 26
const dayMs = 86_400_000

/** One unit's report as its row could be: figures of its own, from its number, so that no report and no chart is like another. */
export function madeUpReport(unit: number, week: PlainDate, zone: string): ReportInput {
  const share = shareOf(unit)
  const cutOffMs = Date.parse(`${week}T00:00:00Z`) + 7 * dayMs
  const measure = (name: string, window: ReportWindow, denominator: number, at: number): ReportMeasure => {
    const numerator = Math.round(denominator * share(at))
    return { measure: name, window, numerator, denominator, estimate: share(at), lower80: 0.6, upper80: 0.9 }
  }
  const score = (names: readonly string[], window: ReportWindow, at: number) => ({
    value: 40 + 50 * share(at),
    lower80: 32 + 50 * share(at),
    upper80: 48 + 50 * share(at),
    confidence: 'medium' as const,
    band: 'inconclusive' as const,
    window,
    terms: names.map((term, place) => ({ term, points: 100 * share(at + place), weight: 1 / names.length })),
  })
  const trend = (of: string, at: number, scale: number): ReportTrend => ({
    of,
    points: Array.from({ length: weeks }, (_, place) => {
      const value = scale * share(at + place)
      return {
        ...{ week: addDays(week, 7 * (place - weeks + 1)), value, lower80: value * 0.9, upper80: value * 1.1 },
        ...{ numerator: Math.round(40 * share(at + place)), denominator: 40 },
      }
    }),
    limits: { centre: scale * 0.75, lower: scale * 0.55, upper: scale * 0.95 },
  })
  const cases = (count: number, days: number) =>
    Array.from({ length: count }, (_, place) => ({
      complaintId: `PLB-${unit}-${place}`,
      dueAtMs: cutOffMs + (days + place) * dayMs,
    }))
  return {
    ...nothingMore,
    unit: { id: `u-${unit}`, name: `Unit ${unit}`, type: 'kelurahan', headRole: 'Lurah', locale: 'id', zone },
    week,
    dataCompleteUntilMs: cutOffMs,
    nextRunMs: cutOffMs + 7 * dayMs + 6 * 3_600_000,
    objectionUntil: addDays(week, 14),
    stepDueOn: addDays(week, 11),
    status: 'provisional',
    service: score(
      ['response', 'verified_resolution', 'satisfaction', 'courtesy_clarity', 'no_stale_backlog'],
      'R13',
      1,
    ),
    discipline: score(['verified_attendance', 'on_time', 'full_day'], 'R4', 9),
    measures: [
      ...['S1', 'S2', 'S3', 'S5', 'S6'].flatMap((name, at) => [
        measure(name, 'W1', 4, 20 + at),
        measure(name, 'R13', 30, 30 + at),
      ]),
      measure('S4', 'R52', 60, 40),
      ...['A1', 'A2', 'A3'].map((name, at) => measure(name, 'R4', 228, 50 + at)),
      measure('C1', 'R4', 6, 60),
    ],
    casesDue: cases(unit % 5, 1),
    casesOverdue: cases(unit % 3, -4),
    // Whichever leads the focus is drawn beside the score's.
    trends: [
      trend('service', 70, 100),
      ...['S1', 'S2', 'S4', 'S5', 'S6', 'A1', 'A2', 'A3'].map((name, at) => trend(name, 100 + weeks * at, 1)),
    ],
    spotChecks: { confirmed: 5, notConfirmed: 1 },
    policyVersion: 'bench',
    contact: 'bina@localhost',
  }
}

/** Shares of 0.5 to 1 that a unit's number and a place give, always the same. */
function shareOf(unit: number): (at: number) => number {
  return (at) => {
    const mixed = Math.imul((unit + 1) * 2654435761 + at * 40503, 2246822519) >>> 0
    return 0.5 + mixed / 8589934592
  }
}
