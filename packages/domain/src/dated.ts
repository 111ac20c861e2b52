import { addDays, type PlainDate } from './plain-date.ts'

/** How sure a rule is: `unconfirmed` was never checked against its text, `provisional` waits for its decree. */
export type PolicyStatus = 'in_force' | 'provisional' | 'unconfirmed'

/** A rule and the days on which it holds, both ends included, without an end when `validTo` is absent. */
export interface DatedEntry<T> {
  readonly validFrom: PlainDate
  readonly validTo?: PlainDate | undefined
  /** The decree, circular or paper that the value rests on. */
  readonly basis: string
  readonly status: PolicyStatus
  /** A temporary rule (hours during haze, say), which lies over the standing ones and leaves them as they were. */
  readonly overlay?: boolean | undefined
  readonly value: T
}

/** Standing entries follow one another; only what is marked as an overlay lies over another (`dated-schema.ts` sees to it). */
export type Dated<T> = readonly DatedEntry<T>[]

/** No entry holds on the date asked for. */
export class NotInForceError extends Error {
  readonly code = 'policy_not_in_force'
  override readonly name = 'NotInForceError'
}

/** Of the entries that hold on the date an overlay before a standing one, and then the one that began last. */
export function entryInForce<T>(dated: Dated<T>, date: PlainDate): DatedEntry<T> | undefined {
  let found: DatedEntry<T> | undefined
  for (const entry of dated) {
    if (entry.validFrom > date || (entry.validTo !== undefined && entry.validTo < date)) continue
    if (found === undefined || liesOver(entry, found)) found = entry
  }
  return found
}

function liesOver(entry: DatedEntry<unknown>, other: DatedEntry<unknown>): boolean {
  const isOverlay = entry.overlay === true
  return isOverlay === (other.overlay === true) ? entry.validFrom > other.validFrom : isOverlay
}

/** The value that holds on the date. @throws NotInForceError when none does. */
export function inForce<T>(dated: Dated<T>, date: PlainDate): T {
  const entry = entryInForce(dated, date)
  if (entry === undefined) throw new NotInForceError(`no entry is in force on ${date}`)
  return entry.value
}

/** One dated list for each field of a rule, so that every number has its own basis and status. */
export type DatedFields<T> = { readonly [K in keyof T]: Dated<T[K]> }

/** The rule of any date. Worked out once for each stretch of days between two changes, since it is asked for with every event. */
export function createDatedLookup<T extends object>(fields: DatedFields<T>): (date: PlainDate) => T {
  const lists = Object.entries(fields) as [string, Dated<unknown>][]
  const starts = new Set(lists.flatMap(([, dated]) => dated.flatMap(daysOfChange)))
  const stretches = [...starts]
    .sort()
    .map((from) => ({ from, entries: lists.map(([field, dated]) => [field, entryInForce(dated, from)] as const) }))
    .map(({ from, entries }) => ({
      from,
      missing: entries.find(([, entry]) => entry === undefined)?.[0],
      value: Object.freeze(Object.fromEntries(entries.map(([field, entry]) => [field, entry?.value]))) as T,
    }))
    .reverse()
  return (date) => {
    const stretch = stretches.find(({ from }) => from <= date)
    if (stretch === undefined || stretch.missing !== undefined) {
      throw new NotInForceError(`no entry of ${stretch?.missing ?? 'any field'} is in force on ${date}`)
    }
    return stretch.value
  }
}

function daysOfChange({ validFrom, validTo }: DatedEntry<unknown>): readonly PlainDate[] {
  return validTo === undefined || validTo === '9999-12-31' ? [validFrom] : [validFrom, addDays(validTo, 1)]
}

/** The first day, from 0001-01-01 on, on which nothing is in force; undefined when every day is covered. */
export function firstGap(dated: readonly Pick<DatedEntry<unknown>, 'validFrom' | 'validTo'>[]): PlainDate | undefined {
  let day: PlainDate = '0001-01-01'
  for (;;) {
    const holding = dated.filter(
      (entry) => entry.validFrom <= day && (entry.validTo === undefined || entry.validTo >= day),
    )
    if (holding.length === 0) return day
    let last: PlainDate = '0001-01-01'
    for (const { validTo } of holding) {
      if (validTo === undefined || validTo === '9999-12-31') return undefined
      if (validTo > last) last = validTo
    }
    day = addDays(last, 1)
  }
}
