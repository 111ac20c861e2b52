import { Temporal } from 'temporal-polyfill'
import { dateOfDayNumber, dayNumberOf, type PlainDate } from './plain-date.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** A stretch of time in which a zone keeps one offset. */
interface OffsetSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly offsetMs: number
}

interface ZoneSpans {
  latest: OffsetSpan
  readonly spans: OffsetSpan[]
}

// Offsets change a few times in a zone's life, so a span is asked for once and kept: the cost of a call is a comparison.
const spansOfZone = new Map<string, ZoneSpans>()

/** The local date of an instant in an IANA zone. @throws RangeError for an unknown zone. */
export function dateIn(zone: string, instantMs: number): PlainDate {
  return dateOfDayNumber(dayNumberIn(zone, instantMs))
}

/** The local date of an instant as days since 1970-01-01. */
export function dayNumberIn(zone: string, instantMs: number): number {
  return Math.floor((instantMs + offsetMsAt(zone, instantMs)) / DAY_MS)
}

/** Whole minutes since local midnight by the wall clock, 0 to 1439. */
export function minuteOfDay(zone: string, instantMs: number): number {
  const localMs = instantMs + offsetMsAt(zone, instantMs)
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS)
}

/**
 * Epoch milliseconds of a local wall time. `minute` may pass 1440 (the next day's). Where the clock skips the time,
 * the later valid instant is meant; where it shows the time twice, the earlier (RFC 5545, Temporal's `compatible`).
 */
export function instantOf(zone: string, date: PlainDate, minute: number): number {
  const localMs = dayNumberOf(date) * DAY_MS + minute * MINUTE_MS
  const before = offsetMsAt(zone, localMs - DAY_MS)
  const after = offsetMsAt(zone, localMs + DAY_MS)
  const byBefore = localMs - before
  if (before === after || offsetMsAt(zone, byBefore) === before) return byBefore
  const byAfter = localMs - after
  return offsetMsAt(zone, byAfter) === after ? byAfter : byBefore
}

/** True for a zone that this machine knows. */
export function isZone(zone: string): boolean {
  try {
    offsetMsAt(zone, 0)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Local time minus UTC at an instant, in milliseconds. */
export function offsetMsAt(zone: string, instantMs: number): number {
  const known = spansOfZone.get(zone)
  if (known === undefined) {
    const span = askSpan(zone, instantMs)
    spansOfZone.set(zone, { latest: span, spans: [span] })
    return span.offsetMs
  }
  if (!holds(known.latest, instantMs)) {
    let span = known.spans.find((candidate) => holds(candidate, instantMs))
    if (span === undefined) {
      span = askSpan(zone, instantMs)
      known.spans.push(span)
    }
    known.latest = span
  }
  return known.latest.offsetMs
}

function holds(span: OffsetSpan, instantMs: number): boolean {
  return instantMs >= span.fromMs && instantMs < span.toMs
}

function askSpan(zone: string, instantMs: number): OffsetSpan {
  if (!Number.isFinite(instantMs)) throw new RangeError(`${instantMs} is no instant`)
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(instantMs)).toZonedDateTimeISO(zone)
  const next = at.getTimeZoneTransition('next')
  // 'previous' looks strictly before, so it is asked one millisecond later: a transition at this very instant begins the span.
  const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  return {
    fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    toMs: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1e6,
  }
}
