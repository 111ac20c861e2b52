import { canonicalJson } from '@bina/domain/canonical-json'
import { type Dated, entryInForce } from '@bina/domain/dated'
import { addDays, type PlainDate } from '@bina/domain/plain-date'

/** The rules as they stand in the files, and as JSON in the tables. */
export interface PolicyValues {
  readonly calendar: {
    readonly profiles: Readonly<Record<string, Dated<unknown>>>
    readonly daysOff: Dated<{ readonly holidays: readonly PlainDate[]; readonly jointLeave: readonly PlainDate[] }>
    readonly ramadan: Dated<unknown>
  }
  readonly attendance: Readonly<Record<string, Dated<unknown>>>
  readonly deadlines: Readonly<Record<string, Dated<unknown>>>
  /** Dated lists, and `fittedPriors` with one list a unit type. */
  readonly scoring: Readonly<Record<string, unknown>>
  /** Where charts begin anew; unknown to tables that were last marked before charts were drawn. */
  readonly rebasing?: { readonly rebasings: readonly RebasedChart[] }
}

export interface RebasedChart {
  readonly unit: string
  readonly measure: string
  readonly fromWeek: PlainDate
}

/** Dates on which rules differ; without a `to` from then on. */
export interface DateSpan {
  readonly from: PlainDate
  readonly to: PlainDate | undefined
}

/** `days`: by work date; `receipts`: by a complaint's receipt date; `calendar`: by the dates on which clocks run; `scores`: by Monday. */
export type PolicyScope = 'days' | 'receipts' | 'calendar' | 'scores'

export interface PolicyChange extends DateSpan {
  readonly scope: PolicyScope
}

const FIRST_DATE = '0001-01-01'
const LAST_DATE = '9999-12-31'

/**
 * On which dates two sets of rules say different things: values alone count, so that a new basis, a confirmed status or an entry that
 * is cut in two moves nothing. `before` undefined: nothing is known of it, and everything may differ.
 */
export function policyChanges(before: PolicyValues | undefined, after: PolicyValues): readonly PolicyChange[] {
  if (before === undefined) {
    const scopes = ['days', 'receipts', 'calendar', 'scores'] as const
    return scopes.map((scope) => ({ scope, from: FIRST_DATE, to: undefined }))
  }
  const of = (scope: PolicyScope, spans: readonly DateSpan[]) => joined(spans).map((span) => ({ scope, ...span }))
  return [
    ...of('days', fieldSpans(before.attendance, after.attendance)),
    ...of('receipts', fieldSpans(before.deadlines, after.deadlines)),
    ...of('calendar', calendarSpans(before.calendar, after.calendar)),
    ...of('scores', fieldSpans(listsOf(before.scoring), listsOf(after.scoring))),
  ]
}

/** The units of which a chart begins at other weeks than before. Why it does so moves nothing. */
export function rebasedUnits(before: PolicyValues | undefined, after: PolicyValues): readonly string[] {
  const [known, wanted] = [beginnings(before), beginnings(after)]
  const differing = [...known.keys(), ...wanted.keys()].filter((name) => known.has(name) !== wanted.has(name))
  return [...new Set(differing.flatMap((name) => known.get(name) ?? wanted.get(name) ?? []))].sort()
}

function beginnings(values: PolicyValues | undefined): ReadonlyMap<string, string> {
  const entries = values?.rebasing?.rebasings ?? []
  return new Map(entries.map(({ unit, measure, fromWeek }) => [`${unit} ${measure} ${fromWeek}`, unit]))
}

type Lists = Readonly<Record<string, Dated<unknown>>>

function fieldSpans(before: Lists, after: Lists): readonly DateSpan[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].flatMap((name) => differingSpans(before[name] ?? [], after[name] ?? [], valueOn))
}

function calendarSpans(before: PolicyValues['calendar'], after: PolicyValues['calendar']): readonly DateSpan[] {
  const profiles = new Set([...Object.keys(before.profiles), ...Object.keys(after.profiles)])
  // An unknown profile is read as office_5d (readings.md 1), so one that is new or gone differs from that alone.
  const hours = ({ profiles: known }: PolicyValues['calendar'], name: string) => known[name] ?? known.office_5d ?? []
  return [
    ...[...profiles].flatMap((name) => differingSpans(hours(before, name), hours(after, name), valueOn)),
    ...differingSpans(before.ramadan, after.ramadan, (dated, date) => entryInForce(dated, date) !== undefined),
    ...differingDays(daysOff(before), daysOff(after)),
  ]
}

const daysOff = ({ daysOff: dated }: PolicyValues['calendar']) =>
  new Set(dated.flatMap(({ value }) => [...value.holidays, ...value.jointLeave]))

function differingDays(before: ReadonlySet<PlainDate>, after: ReadonlySet<PlainDate>): readonly DateSpan[] {
  return [...new Set([...before, ...after])]
    .filter((date) => before.has(date) !== after.has(date))
    .map((date) => ({ from: date, to: date }))
}

/** The lists of scoring.yaml, those of the unit types too, each by a name of its own. */
function listsOf(scoring: PolicyValues['scoring']): Lists {
  const lists = Object.entries(scoring).flatMap(([name, part]): [string, unknown][] =>
    Array.isArray(part) ? [[name, part]] : Object.entries(part ?? {}).map(([type, list]) => [`${name}.${type}`, list]),
  )
  return Object.fromEntries(lists) as Lists
}

const valueOn = (dated: Dated<unknown>, date: PlainDate) => canonicalJson(entryInForce(dated, date)?.value)

function differingSpans(
  before: Dated<unknown>,
  after: Dated<unknown>,
  look: (dated: Dated<unknown>, date: PlainDate) => unknown,
): readonly DateSpan[] {
  const starts = [...new Set([FIRST_DATE, ...[...before, ...after].flatMap(daysOfChange)])].sort()
  return starts.flatMap((from, at) => {
    if (look(before, from) === look(after, from)) return []
    const next = starts[at + 1]
    return [{ from, to: next === undefined ? undefined : addDays(next, -1) }]
  })
}

function daysOfChange({ validFrom, validTo }: Dated<unknown>[number]): readonly PlainDate[] {
  return validTo === undefined || validTo === LAST_DATE ? [validFrom] : [validFrom, addDays(validTo, 1)]
}

/** Spans that touch or overlap as one, in order. */
export function joined(spans: readonly DateSpan[]): readonly DateSpan[] {
  const whole: DateSpan[] = []
  for (const span of [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = whole.at(-1)
    if (last === undefined || (last.to !== undefined && addDays(last.to, 1) < span.from)) whole.push(span)
    else if (last.to !== undefined && (span.to === undefined || span.to > last.to))
      whole[whole.length - 1] = { from: last.from, to: span.to }
  }
  return whole
}
