import type { Calendar } from './calendar.ts'
import type { CityTime } from './city-time.ts'
import { isTrue, maybeText, type Standing, text } from './event.ts'

const reopenWithinMs = 30 * 86_400_000

/** The time during which a unit answers for a complaint; grows on when the unit soon gets it back. */
export interface Custody {
  readonly unitId: string
  readonly fromMs: number
  toMs: number | null
  /** Who moved the complaint on. */
  movedBy: 'unit' | 'coordinator' | null
  /** A closure under this custody was reopened in time. */
  reopened: boolean
}

export interface Closure {
  readonly event: Standing
  readonly custody: Custody | null
}

export interface Span {
  readonly fromMs: number
  toMs: number | null
}

/** What happened to one complaint, in order, without any judgement. */
export interface Timeline {
  /** In the order in which each was last taken up: the last one is the holder's. */
  readonly custodies: readonly Custody[]
  readonly holders: readonly { readonly fromMs: number; readonly custody: Custody }[]
  readonly closures: readonly Closure[]
  readonly closedSpans: readonly Span[]
  readonly waitingSpans: readonly { readonly fromMs: number; readonly toMs: number }[]
  readonly reopenings: readonly { readonly atMs: number; readonly custody: Custody | null }[]
  /** A unit's own rulings that the complaint is not for it. */
  readonly refusals: readonly { readonly atMs: number; readonly custody: Custody | null }[]
  readonly exclusion: { readonly fromMs: number; readonly reason: string; readonly mergedInto: string } | null
}

/** At most ten working days between losing and regaining make it one custody. */
function regainedSoon(lostMs: number, againMs: number, calendar: Calendar, city: CityTime): boolean {
  const limitMs = calendar.closeAfter(city.dateOf(lostMs), 10)
  return calendar.workedMs(lostMs, againMs) <= calendar.workedMs(lostMs, limitMs)
}

export function timelineOf(events: readonly Standing[], calendar: Calendar, city: CityTime): Timeline {
  const custodies: Custody[] = []
  const holders: { fromMs: number; custody: Custody }[] = []
  const closures: Closure[] = []
  const closedSpans: Span[] = []
  const waitingSpans: { fromMs: number; toMs: number }[] = []
  const reopenings: { atMs: number; custody: Custody | null }[] = []
  const refusals: { atMs: number; custody: Custody | null }[] = []
  const exclusions: { fromMs: number; reason: string; mergedInto: string }[] = []

  const closed = () => closedSpans.at(-1)?.toMs === null
  const stopWaiting = (atMs: number) => {
    const waiting = waitingSpans.at(-1)
    if (waiting !== undefined && waiting.toMs > atMs) waiting.toMs = atMs
  }

  const assign = (unitId: string, atMs: number, ruledBy: string) => {
    const holder = custodies.at(-1)
    if (holder?.unitId === unitId) return
    if (holder !== undefined) {
      holder.toMs = atMs
      holder.movedBy = ruledBy === 'unit' ? 'unit' : 'coordinator'
    }
    let next = custodies.findLast((custody) => custody.unitId === unitId)
    if (next !== undefined && next.toMs !== null && regainedSoon(next.toMs, atMs, calendar, city)) {
      custodies.splice(custodies.indexOf(next), 1)
      next.toMs = null
      next.movedBy = null
    } else {
      next = { unitId, fromMs: atMs, toMs: null, movedBy: null, reopened: false }
    }
    custodies.push(next)
    holders.push({ fromMs: atMs, custody: next })
  }

  for (const event of events) {
    const { atMs } = event
    switch (event.type) {
      case 'bina.complaint.assigned.v1':
        assign(text(event, 'unitId'), atMs, text(event, 'ruledBy'))
        break
      case 'bina.complaint.excluded.v1':
        if (text(event, 'ruledBy') === 'coordinator') {
          const reason = text(event, 'reason')
          const mergedInto = reason === 'duplicate' ? (maybeText(event, 'mergedInto') ?? '') : ''
          exclusions.push({ fromMs: atMs, reason, mergedInto })
        } else refusals.push({ atMs, custody: custodies.at(-1) ?? null })
        break
      case 'bina.complaint.waiting.v1': {
        const stillWaiting = (waitingSpans.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY) > atMs
        if (!isTrue(event, 'contactLogged') || closed() || stillWaiting) break
        waitingSpans.push({ fromMs: atMs, toMs: calendar.closeAfter(city.dateOf(atMs), 10) })
        break
      }
      case 'bina.complaint.resumed.v1':
        stopWaiting(atMs)
        break
      case 'bina.resolution.resolved.v1':
        stopWaiting(atMs)
        closures.push({ event, custody: custodies.at(-1) ?? null })
        if (!closed()) closedSpans.push({ fromMs: atMs, toMs: null })
        break
      case 'bina.resolution.reopened.v1': {
        const closure = closures.at(-1)
        const span = closedSpans.at(-1)
        if (closure === undefined || span === undefined || !closed()) break
        if (atMs - closure.event.atMs > reopenWithinMs) break
        span.toMs = atMs
        if (closure.custody !== null) closure.custody.reopened = true
        reopenings.push({ atMs, custody: closure.custody })
        break
      }
      default:
        break
    }
  }
  // Excluded from the first ruling on, for the reason of the latest.
  const last = exclusions.at(-1)
  const exclusion = exclusions[0] && last && { ...last, fromMs: exclusions[0].fromMs }
  const happened = { custodies, holders, closures, closedSpans, waitingSpans, reopenings, refusals }
  return { ...happened, exclusion: exclusion ?? null }
}

/** A response is a substantive answer or a real resolution, whichever comes first. */
export function respondedMsOf(events: readonly Standing[]): number | null {
  const first = events.find((event) => {
    if (event.type === 'bina.resolution.responded.v1') return isTrue(event, 'substantive')
    if (event.type !== 'bina.resolution.resolved.v1') return false
    const outcome = maybeText(event, 'outcome')
    return outcome === 'fixed' || outcome === 'answered'
  })
  return first?.atMs ?? null
}
