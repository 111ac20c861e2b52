import type { WorkCalendar } from '@bina/domain/calendar'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { dateIn, instantOf } from '@bina/domain/zone'
import { nothingMore } from '@bina/reporting/nothing-more'
import type {
  ReportBand,
  ReportConfidence,
  ReportInput,
  ReportMeasure,
  ReportScore,
  ReportUnitType,
  ReportWindow,
} from '@bina/reporting/report-input'
import type { CountsOf } from '@bina/scoring/counts'
import { serviceWindow } from '@bina/scoring/judge-service'
import { type ScoringPolicy, type ScoringRules, scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { MeasureFigures, OpenCase, ReportedUnit, ReportFigures, ScoreFigures } from '../ports/report-figures.ts'

export interface ReportInputsConfig {
  readonly zone: string
  readonly cityProfile: string
  /** Minute of Monday at which reports go out, in the city's zone. */
  readonly dueMinute: number
  /** Where objections go. */
  readonly contact: string
}

export interface ReportInputsDeps {
  readonly figures: ReportFigures
  readonly calendar: WorkCalendar
  readonly policy: ScoringPolicy
  readonly policyVersion: string
}

export interface UnitReport {
  readonly unit: ReportedUnit
  readonly input: ReportInput
}

const soonWorkingDays = 5

/** One input a unit, by unit id, for the reports of `week` as written at `nowMs`. Holds figures of its own unit alone. */
export async function reportInputs(
  config: ReportInputsConfig,
  deps: ReportInputsDeps,
  asked: { readonly week: PlainDate; readonly nowMs: number; readonly dataCompleteUntilMs: number },
): Promise<readonly UnitReport[]> {
  const { zone, cityProfile } = config
  const today = dateIn(zone, asked.nowMs)
  const [units, scores, measures, cases] = [
    await deps.figures.unitsOn(today),
    byUnit(await deps.figures.scoresOf(asked.week)),
    byUnit(await deps.figures.measuresOf(asked.week)),
    byUnit(await deps.figures.openCases()),
  ]
  const rules = scoringRulesOn(deps.policy, asked.week)
  const soonMs = deps.calendar.closeOfWorkingDay(cityProfile, addDays(today, -1), soonWorkingDays)
  const objectionUntil = dateIn(zone, deps.calendar.closeOfWorkingDay(cityProfile, today, soonWorkingDays))
  const nextRunMs = instantOf(zone, addDays(asked.week, 14), config.dueMinute)
  return units.map((unit) => {
    const own = {
      scores: scores.get(unit.unitId) ?? [],
      measures: measures.get(unit.unitId) ?? [],
      cases: cases.get(unit.unitId) ?? [],
    }
    const score = (name: 'service' | 'discipline') => {
      const row = own.scores.find((candidate) => candidate.score === name)
      return row === undefined ? null : toReportScore(name, row, own.measures, rules)
    }
    const checks = own.measures.find(({ measure, window }) => measure === 'C1' && window === 'R4')
    const open = [...own.cases].sort((a, b) => a.dueAtMs - b.dueAtMs || (a.complaintId < b.complaintId ? -1 : 1))
    const input: ReportInput = {
      unit: {
        id: unit.unitId,
        name: unit.name,
        type: unit.unitType as ReportUnitType,
        headRole: unit.headRole,
        locale: unit.locale === 'en' ? 'en' : 'id',
        zone,
      },
      week: asked.week,
      dataCompleteUntilMs: asked.dataCompleteUntilMs,
      nextRunMs,
      objectionUntil,
      status: own.scores.some(({ status }) => status === 'final') ? 'final' : 'provisional',
      service: score('service'),
      discipline: score('discipline'),
      measures: own.measures.map(toReportMeasure),
      casesDue: open.filter(({ dueAtMs }) => dueAtMs >= asked.nowMs && dueAtMs <= soonMs).map(toCase),
      casesOverdue: open.filter(({ dueAtMs }) => dueAtMs < asked.nowMs).map(toCase),
      ...nothingMore,
      spotChecks: {
        confirmed: checks?.numerator ?? 0,
        notConfirmed: (checks?.denominator ?? 0) - (checks?.numerator ?? 0),
      },
      policyVersion: own.scores[0]?.policyVersion ?? deps.policyVersion,
      contact: config.contact,
    }
    return { unit, input }
  })
}

function toReportScore(
  name: 'service' | 'discipline',
  row: ScoreFigures,
  measures: readonly MeasureFigures[],
  rules: ScoringRules,
): ReportScore {
  const weights: Readonly<Record<string, { readonly weight: number }>> = rules[name].terms
  const countsOf: CountsOf = (measure, window) =>
    measures.find((row) => row.measure === measure && row.window === window) ?? { numerator: 0, denominator: 0 }
  return {
    value: row.value,
    lower80: row.lower80,
    upper80: row.upper80,
    confidence: row.confidence as ReportConfidence,
    band: row.band as ReportBand,
    window: name === 'discipline' ? rules.discipline.window : serviceWindow(countsOf, rules),
    terms: Object.entries(row.terms).map(([term, points]) => ({ term, points, weight: weights[term]?.weight ?? 0 })),
  }
}

const toReportMeasure = ({ unitId: _, window, ...figures }: MeasureFigures): ReportMeasure => ({
  ...figures,
  window: window as ReportWindow,
})
const toCase = ({ complaintId, dueAtMs }: OpenCase) => ({ complaintId, dueAtMs })

function byUnit<T extends { readonly unitId: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>()
  for (const row of rows) {
    const list = map.get(row.unitId)
    if (list === undefined) map.set(row.unitId, [row])
    else list.push(row)
  }
  return map
}
