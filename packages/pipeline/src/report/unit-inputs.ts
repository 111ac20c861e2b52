import { addDays } from '@bina/domain/plain-date'
import { caseUrl } from '@bina/reporting/case-urls'
import type {
  ConductCategory,
  ReportCase,
  ReportCoachingEffect,
  ReportInput,
  ReportNote,
  ReportTrend,
  ReportUnitType,
} from '@bina/reporting/report-input'
import { scoringRulesOn } from '@bina/scoring/scoring-policy'
import type { EffectRow, OpenCase, ReportedUnit, UnitNotes } from '../ports/report-figures.ts'
import { byUnit } from './by-unit.ts'
import {
  movesFromMs,
  newsFromMs,
  plannedSession,
  reportActions,
  reportFindings,
  reportObjections,
  reportRestatements,
} from './report-coaching.ts'
import type { ReportInputsConfig, ReportInputsDeps, UnitReport } from './report-inputs.ts'
import type { ReportPeriod } from './report-period.ts'
import { reportMeasure, reportScore, type ScoreName } from './report-scores.ts'
import { HEADLINE_CHARTS, reportSignals, WEEKS_OF_SIGNALS } from './report-signals.ts'
import { changesSince } from './report-snapshot.ts'
import { measureTrend, scoreTrend } from './report-trends.ts'

const conductCategories: readonly ConductCategory[] = ['rude', 'convoluted', 'obstructive', 'facility']
// Of every measure that a focus may be led by: which one it is, the page itself finds.
const shownTrends = [
  ['S1', 'R13'],
  ['S2', 'R13'],
  ['S4', 'R52'],
  ['S5', 'R13'],
  ['S6', 'R13'],
  ['A1', 'R4'],
  ['A2', 'R4'],
  ['A3', 'R4'],
] as const
const shownMeasures = shownTrends.map(([measure]) => measure)

/** The inputs of these units' reports, each from its own rows alone; one question of each kind for all of them. */
export async function unitInputs(
  config: ReportInputsConfig,
  deps: ReportInputsDeps,
  period: ReportPeriod,
  units: readonly ReportedUnit[],
): Promise<readonly UnitReport[]> {
  const { zone } = config
  const { week } = period
  const ids = units.map(({ unitId }) => unitId)
  const rules = scoringRulesOn(deps.policy, week)
  const { figures } = deps
  const shown = { fromWeek: period.firstWeek, toWeek: week }
  const recent = { fromWeek: addDays(week, -7 * (WEEKS_OF_SIGNALS - 1)), toWeek: week }
  const mails = new Map(
    (await deps.snapshots.lastBefore(week, ids)).map((snapshot) => [snapshot.unitId, snapshot] as const),
  )
  const sinceMs = Math.min(period.lastRunMs, ...[...mails.values()].map((mail) => movesFromMs(zone, mail)))
  const closedSinceMs = Math.min(
    ...[period.lastRunMs, period.weekFromMs],
    ...[...mails.values()].map((mail) => newsFromMs(zone, mail.week)),
  )
  const [scores, measures, weeks, charts, cases, conduct, coaching, restated, effects, notes] = [
    byUnit(await figures.scoresOf(ids, shown)),
    byUnit(await figures.measuresOf(ids, { week, scope: 'own' })),
    byUnit(
      await figures.measureWeeksOf(ids, {
        ...{ ...shown, scope: 'own', measures: shownMeasures, windows: ['W1', 'R4', 'R13', 'R52'] },
      }),
    ),
    byUnit(
      await figures.chartWeeksOf(ids, { ...shown, measures: [...new Set([...shownMeasures, ...HEADLINE_CHARTS])] }),
    ),
    byUnit(await figures.openCasesOf(ids)),
    byUnit(await figures.conductOf(ids, { ...recent, categories: conductCategories })),
    byUnit(await figures.coachingOf(ids, closedSinceMs)),
    byUnit(await figures.restatementsOf(ids, { ...shown, sinceMs })),
    byUnit((await figures.effectsOf('unit', ids)).map((row) => ({ ...row, unitId: row.subject }))),
    byUnit(await figures.notesOf(ids, week)),
  ]

  return units.map((unit) => {
    const { unitId } = unit
    const own = { scores: scores(unitId), measures: measures(unitId), chart: charts(unitId), items: coaching(unitId) }
    const ofWeek = own.scores.filter((row) => row.week === week)
    const score = (name: ScoreName) =>
      reportScore(
        name,
        ofWeek.find((row) => row.score === name),
        own.measures,
        rules,
      )
    const checks = own.measures.find(({ measure, window }) => measure === 'C1' && window === 'R4')
    const mail = mails.get(unitId)
    const when = { zone, week, lastRunMs: period.lastRunMs, ...(mail === undefined ? {} : { lastMail: mail }) }
    const open = [...cases(unitId)].sort((a, b) => a.dueAtMs - b.dueAtMs || (a.complaintId < b.complaintId ? -1 : 1))
    const said = {
      service: score('service'),
      discipline: score('discipline'),
      casesDue: open
        .filter(({ dueAtMs }) => dueAtMs >= period.nowMs && dueAtMs <= period.soonMs)
        .map((one) => reportCase(config, one)),
      casesOverdue: open.filter(({ dueAtMs }) => dueAtMs < period.nowMs).map((one) => reportCase(config, one)),
    }
    const session = plannedSession(own.items, { week, superiorId: unit.superior?.unitId })
    const input: ReportInput = {
      unit: {
        id: unitId,
        name: unit.name,
        type: unit.unitType as ReportUnitType,
        headRole: unit.headRole,
        locale: unit.locale === 'en' ? 'en' : 'id',
        zone,
      },
      week,
      dataCompleteUntilMs: period.dataCompleteUntilMs,
      nextRunMs: period.nextRunMs,
      objectionUntil: period.objectionUntil,
      stepDueOn: period.stepDueOn,
      status: ofWeek.some(({ status }) => status === 'final') ? 'final' : 'provisional',
      ...said,
      measures: own.measures.map(reportMeasure),
      trends: [
        scoreTrend('service', own.scores, week),
        scoreTrend('discipline', own.scores, week),
        ...shownTrends.map(([measure, window]) =>
          measureTrend(measure, window, { weeks: weeks(unitId), chart: own.chart }, week),
        ),
      ].filter((trend): trend is ReportTrend => trend !== undefined),
      signals: reportSignals(own.chart, week),
      conduct: conductCategories.map((category) => {
        const row = conduct(unitId).find((candidate) => candidate.category === category)
        return { category, inWeek: row?.inWeek ?? 0, inR13: row?.inR13 ?? 0 }
      }),
      actions: reportActions(own.items, when),
      findings: reportFindings(own.items, when),
      ...(session === undefined ? {} : { session }),
      changes: changesSince(mail, said),
      // Where no mail told a figure before, nobody is to read that it was another one.
      restatements:
        mail === undefined
          ? []
          : reportRestatements(restated(unitId), { fromMs: movesFromMs(zone, mail), told: mail.told }),
      objections: reportObjections(own.items, when),
      coachingEffect: coachingEffectOf(effects(unitId)),
      spotChecks: {
        confirmed: checks?.numerator ?? 0,
        notConfirmed: (checks?.denominator ?? 0) - (checks?.numerator ?? 0),
      },
      policyVersion: ofWeek[0]?.policyVersion ?? deps.policyVersion,
      contact: config.contact,
      notes: notes(unitId).flatMap(notesOf),
    }
    return { unit, input }
  })
}

function reportCase({ caseUrls }: ReportInputsConfig, { complaintId, dueAtMs, channel }: OpenCase): ReportCase {
  const url = caseUrls === undefined ? undefined : caseUrl(caseUrls, channel, complaintId)
  return { complaintId, dueAtMs, ...(url === undefined ? {} : { url }) }
}

/** Of several measures that could be concluded on, one of service before one of discipline. */
function coachingEffectOf(rows: readonly EffectRow[]): ReportCoachingEffect | null {
  const [row] = [...rows].sort((a, b) => (a.measure < b.measure ? 1 : -1))
  if (row === undefined) return null
  const { measure, conclusion, effect, lower80, upper80, comparedUnits } = row
  return {
    ...{ measure, effect, lower80, upper80, comparedUnits },
    conclusion: conclusion as ReportCoachingEffect['conclusion'],
  }
}

function notesOf({ suspectedOutageDays, hasUnknownProfile }: UnitNotes): readonly ReportNote[] {
  return [
    ...(suspectedOutageDays.length === 0
      ? []
      : [{ kind: 'suspected_outage_days' as const, count: suspectedOutageDays.length }]),
    ...(hasUnknownProfile ? [{ kind: 'unknown_schedule_profile' as const }] : []),
  ]
}
