import type { EventContent } from '@bina/events/service-event'
import { drawFor, type Life, traitsAt, workdayMinutes, workLater } from './life.ts'
import type { CityUnit } from './palembang.ts'
import { chance, exponential, normal, pick, type Random, uniform, wholeBelow } from './random.ts'

type Outcome = Extract<EventContent, { type: 'bina.resolution.resolved.v1' }>['data']['outcome']
type Answers = Extract<EventContent, { type: 'bina.resolution.rated.v1' }>['data']['answers']

const dayMs = 86_400_000

const elements = [
  'requirements',
  'procedure',
  'time',
  'fee',
  'product',
  'competence',
  'conduct',
  'facilities',
  'complaint_handling',
] as const

/** What S6 asks: courtesy and clarity. */
const courtesyElements: ReadonlySet<string> = new Set(['requirements', 'procedure', 'conduct'])

/** Tells the closure and what follows from it: an audit, a rating, a reopening and the second closure. */
export function closeComplaint(life: Life, holder: CityUnit, resolvedMs: number, outcome: Outcome, n = 1): void {
  if (resolvedMs >= life.plan.dayBook.endMs) return
  const { complaintId } = life
  life.tell(`resolved-${complaintId}-${n}`, resolvedMs, {
    type: 'bina.resolution.resolved.v1',
    subject: complaintId,
    data: { complaintId, unitId: holder.unitId, outcome },
  })
  tellAudit(life, holder, resolvedMs, n)
  tellRating(life, holder, resolvedMs, n)
  if (life.plan.withReopenings) tellReopening(life, holder, resolvedMs, n)
}

function tellAudit(life: Life, holder: CityUnit, resolvedMs: number, n: number): void {
  const random = drawFor(life, `audit ${n}`)
  const traits = traitsAt(life, holder, resolvedMs)
  if (!chance(random, traits.auditShare)) return
  const { complaintId } = life
  const bySelf = chance(random, 0.03)
  const auditor = bySelf ? holder.unitId : holder.parentUnitId
  const found = chance(random, traits.fixShare) ? 'verified' : 'not_fixed'
  life.tell(
    `audited-${complaintId}-${n}`,
    workLater(life, random, resolvedMs, (1 + wholeBelow(random, 10)) * workdayMinutes),
    {
      type: 'bina.resolution.audited.v1',
      subject: complaintId,
      data: {
        complaintId,
        unitId: holder.unitId,
        auditId: `audit-${complaintId}-${n}`,
        method: pick(random, ['photo', 'call', 'visit'] as const),
        // A unit finds that it has done well.
        result: bySelf ? 'verified' : chance(random, 0.07) ? 'unreachable' : found,
        ...(chance(random, 0.5) ? { responseValid: chance(random, 0.85) } : {}),
        ...(auditor === undefined || chance(random, 0.1) ? {} : { auditorUnitId: auditor }),
        inclusionProbability: traits.auditShare,
      },
    },
  )
}

function tellRating(life: Life, holder: CityUnit, resolvedMs: number, n: number): void {
  const random = drawFor(life, `rating ${n}`)
  const invitedMs = resolvedMs + (0.5 + uniform(random)) * dayMs
  const ratedMs = invitedMs + Math.min(14, exponential(random, 3)) * dayMs
  const traits = traitsAt(life, holder, ratedMs)
  const { complaintId } = life
  const invited = chance(random, traits.inviteShare)
  if (invited) {
    life.tell(`invited-${complaintId}-${n}`, invitedMs, {
      type: 'bina.resolution.rating-invited.v1',
      subject: complaintId,
      data: { complaintId, unitId: holder.unitId },
    })
  }
  // A few find the form on their own.
  if (!chance(random, invited ? traits.ratedShare : 0.02)) return
  life.tell(`rated-${complaintId}-${n}`, ratedMs, {
    type: 'bina.resolution.rated.v1',
    subject: complaintId,
    data: { complaintId, unitId: holder.unitId, answers: answersOf(random, traits.satisfaction, traits.courtesy) },
  })
}

/** Most answer all nine, some only what they care for. */
function answersOf(random: Random, satisfaction: number, courtesy: number): Answers {
  const all = chance(random, 0.75)
  const certain = pick(random, elements)
  const answered = elements.filter((element) => all || element === certain || chance(random, 0.4))
  // Who is content with one thing is content with the next: one mood for the whole form.
  const mood = normal(random, 0, 0.5)
  return Object.fromEntries(
    answered.map((element) => {
      const mean = courtesyElements.has(element) ? courtesy : satisfaction
      return [element, Math.max(1, Math.min(4, Math.round(1 + 3 * mean + mood + normal(random, 0, 0.4))))]
    }),
  )
}

function tellReopening(life: Life, holder: CityUnit, resolvedMs: number, n: number): void {
  const random = drawFor(life, `reopening ${n}`)
  if (!chance(random, 0.05)) return
  const { complaintId } = life
  // Some come after the thirty days in which a reopening counts.
  const reopenedMs = resolvedMs + Math.min(45, 0.2 + exponential(random, 11)) * dayMs
  life.tell(`reopened-${complaintId}-${n}`, reopenedMs, {
    type: 'bina.resolution.reopened.v1',
    subject: complaintId,
    data: { complaintId, by: chance(random, 0.8) ? 'reporter' : 'coordinator' },
  })
  if (reopenedMs >= life.plan.dayBook.endMs || !chance(random, 0.75)) return
  closeComplaint(
    life,
    holder,
    workLater(life, random, reopenedMs, (0.5 + wholeBelow(random, 8)) * workdayMinutes),
    'fixed',
    n + 1,
  )
}
