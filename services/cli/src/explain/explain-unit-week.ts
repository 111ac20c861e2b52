import {
  caseEventsBehind,
  casesBehind,
  dayEventsBehind,
  daysBehind,
  findingsBehind,
  outagesBehind,
  personsBehind,
  restatementsBehind,
  type StoredScore,
  storedScores,
} from '@bina/clickhouse/facts-behind'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { cutOffMs } from '@bina/domain/week'
import type { UnitSpan } from '@bina/pipeline/ports/unit-facts'
import { scoredTypeIn } from '@bina/pipeline/score/judge-touched'
import { finalAfterDays } from '@bina/pipeline/score/restate'
import { loadPolicy } from '@bina/runtime/load-policy'
import type { CountsOf } from '@bina/scoring/counts'
import { explainScore } from '@bina/scoring/explain/explain-score'
import { priorOrigin } from '@bina/scoring/explain/prior-origin'
import type { JudgedScore } from '@bina/scoring/judge-score'
import { WINDOW_WEEKS } from '@bina/scoring/measure-id'
import { scoringRulesOn } from '@bina/scoring/scoring-policy'
import { type Behind, behindOf } from '../behind.ts'
import type { Servers } from '../servers.ts'
import { type Agreement, type Explanation, leastPersons, type ScoreExplanation } from './explanation.ts'

/** Counts a unit's week from the folded rows as the workers do, judges it by the policy folder, and holds it against what is stored. */
export async function explainUnitWeek(
  servers: Servers,
  asked: { readonly unitId: string; readonly name: string; readonly week: PlainDate },
  nowMs: number,
): Promise<Explanation> {
  const { clickhouse, zone, config } = servers
  const { unitId, week } = asked
  // Asked first: what is still to be done then may be done by now, never the other way round.
  const behind = await behindOf(servers)
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const facts = createUnitFacts(clickhouse, { zone })
  // Of all weeks there are, so that nothing is taken from the scores that this is to be held against.
  const [span] = await facts.spans([unitId], '1970-01-05', nowMs)
  const unitType = span && scoredTypeIn(span, week)
  const rules = scoringRulesOn(policy.scoring, week, unitType)
  const stored = await storedScores(clickhouse, unitId, week)
  const restated = await restatementsBehind(clickhouse, unitId, week)
  const { counts } = await facts.count([unitId], week, week, nowMs)
  const byName = new Map(counts.map((count) => [`${count.measure}|${count.window}`, count]))
  const countsOf: CountsOf = (measure, window) => byName.get(`${measure}|${window}`) ?? { numerator: 0, denominator: 0 }

  const explained = (score: JudgedScore['score']): ScoreExplanation => {
    const explanation = explainScore(score, countsOf, rules)
    const row = stored.find((one) => one.score === score)
    const measures = explanation.terms.flatMap((term) => term.measures.map(({ measure }) => measure))
    const priors = measures.flatMap((measure) => {
      const origin = priorOrigin(policy.scoring, week, unitType, measure)
      return origin === undefined ? [] : [[measure, origin] as const]
    })
    return {
      ...explanation,
      priors: Object.fromEntries(priors),
      stored: row,
      restated: restated.filter((one) => one.score === score),
      agreement: agreementOf(explanation.judged, row, { behind, span, week, version: policy.version }),
    }
  }
  const scores = unitType === undefined ? [] : (['discipline', 'service'] as const).map(explained)
  const serviceWeeks =
    WINDOW_WEEKS[scores.find(({ judged }) => judged.score === 'service')?.window ?? rules.service.window]
  const stretch = {
    unitId,
    from: addDays(week, -7 * (WINDOW_WEEKS[rules.discipline.window] - 1)),
    to: addDays(week, 6),
  }
  const finalAtMs = cutOffMs(zone, addDays(week, finalAfterDays))
  const persons = await personsBehind(clickhouse, stretch)
  return {
    ...asked,
    unitType,
    latestType: span?.versions.at(-1)?.unitType,
    policyVersion: policy.version,
    status: stored[0]?.status ?? (nowMs >= finalAtMs ? 'final' : 'provisional'),
    finalAtMs,
    behind,
    scores,
    attendance: {
      from: stretch.from,
      to: stretch.to,
      persons,
      days: persons < leastPersons ? [] : await daysBehind(clickhouse, stretch),
      suspectedOutages: await outagesBehind(clickhouse, stretch),
      events: persons < leastPersons ? [] : await dayEventsBehind(clickhouse, stretch),
    },
    complaints: await complaintsBehind(servers, {
      unitId,
      week,
      windowWeeks: serviceWeeks,
      backlogWeeks: WINDOW_WEEKS[rules.service.backlogWindow],
      nowMs,
    }),
    findings: await findingsBehind(clickhouse, { ...stretch, from: addDays(week, -7 * (serviceWeeks - 1)) }),
  }
}

async function complaintsBehind(
  { clickhouse, zone }: Servers,
  asked: {
    readonly unitId: string
    readonly week: PlainDate
    readonly windowWeeks: number
    readonly backlogWeeks: number
    readonly nowMs: number
  },
): Promise<Explanation['complaints']> {
  const cases = await casesBehind(clickhouse, asked, { zone, nowMs: asked.nowMs })
  const ids = [...new Set(cases.map(({ complaintId }) => complaintId))]
  const events = await caseEventsBehind(clickhouse, ids)
  const byCase = <T extends { readonly complaintId: string }>(rows: readonly T[]) => {
    const groups = new Map<string, Omit<T, 'complaintId'>[]>()
    for (const { complaintId, ...rest } of rows) groups.set(complaintId, [...(groups.get(complaintId) ?? []), rest])
    return groups
  }
  const countedOf = byCase(cases)
  const eventsOf = byCase(events)
  return ids.map((complaintId) => ({
    complaintId,
    counted: countedOf.get(complaintId) ?? [],
    events: eventsOf.get(complaintId) ?? [],
  }))
}

/** Whether the stored row says what its counts come to, all of it, to the last digit. */
export function agreementOf(
  judged: JudgedScore,
  row: StoredScore | undefined,
  state: {
    readonly behind: Behind
    readonly span: Pick<UnitSpan, 'firstWeek'> | undefined
    readonly week: PlainDate
    readonly version: string
  },
): Agreement {
  const { firstWeek } = state.span ?? {}
  const isExpected = firstWeek !== undefined && firstWeek <= state.week
  if (row === undefined && !isExpected) return 'no_facts'
  if (row !== undefined && saysTheSame(judged, row)) return 'same'
  const { sink, fold, judge } = state.behind
  if (sink + fold + judge > 0) return 'under_way'
  return row !== undefined && row.policyVersion !== state.version ? 'other_policy' : 'differs'
}

function saysTheSame(judged: JudgedScore, row: StoredScore): boolean {
  const names = Object.keys(judged.terms)
  return (
    judged.value === row.value &&
    judged.lower80 === row.lower80 &&
    judged.upper80 === row.upper80 &&
    judged.confidence === row.confidence &&
    judged.band === row.band &&
    names.length === Object.keys(row.terms).length &&
    names.every((name) => judged.terms[name] === row.terms[name])
  )
}
