import type { PlainDate } from '@bina/domain/plain-date'
import { addDays } from '@bina/domain/plain-date'
import type { ReportLocale } from './report-input.ts'

/** Dates, times and numbers as a reader of one language in one zone writes them. */
export interface Formats {
  /** `Jumat, 27 November 2026` */
  date(date: PlainDate): string
  /** `Senin, 23 November 2026 pukul 06.00 WIB`: never an instant without its zone. */
  instant(instantMs: number): string
  /** The date of an instant, without its time; the year only where it is not that of `near`: `Rabu, 25 November`. */
  dayOf(instantMs: number, near: PlainDate): string
  /** The day alone, as a list wants it; the year only where it is not that of `near`: `25 November`. */
  day(date: PlainDate, near: PlainDate): string
  /** The date of an instant in the zone, `2026-11-23`. */
  dateOf(instantMs: number): PlainDate
  /** The week from a Monday: `16–22 November 2026`, `28 Desember 2026 – 3 Januari 2027`. */
  week(monday: PlainDate): string
  /** `WIB`; where the zone has no short name, its offset and its IANA name. */
  zoneName(instantMs: number): string
  number(value: number, fractionDigits?: number): string
  /** Of a ratio 0..1, in whole percents. */
  percent(ratio: number): string
}

const TAG: Record<ReportLocale, string> = { id: 'id-ID', en: 'en-GB' }
const AT: Record<ReportLocale, string> = { id: 'pukul', en: 'at' }

// CLDR names a zone shortly only in the locales where the name is in use: WIB in Indonesian, EST in American English, CET in British.
const ZONE_NAME_TAGS: Record<ReportLocale, readonly string[]> = {
  id: ['id-ID', 'en-GB', 'en-US'],
  en: ['en-GB', 'en-US', 'id-ID'],
}

type PartName = 'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'timeZoneName'

// The order and the signs between the parts are ours: those of Intl change from one ICU release to the next, and equal inputs must
// give equal reports on every machine. Names of months, days and zones are Intl's.
function partsReader(tag: string, options: Intl.DateTimeFormatOptions) {
  const format = new Intl.DateTimeFormat(tag, options)
  return (instantMs: number): Record<PartName, string> => {
    const parts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '', timeZoneName: '' }
    for (const { type, value } of format.formatToParts(instantMs)) {
      if (type in parts) parts[type as PartName] = value
    }
    return parts
  }
}

const LONG_DATE = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const

function formatsFor(locale: ReportLocale, zone: string): Formats {
  const tag = TAG[locale]
  const plainParts = partsReader(tag, { ...LONG_DATE, timeZone: 'UTC' })
  const localParts = partsReader(tag, { ...LONG_DATE, timeZone: zone })
  const dateParts = partsReader('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone })
  const timeParts = partsReader(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
  const zoneNames = ZONE_NAME_TAGS[locale].map((t) => partsReader(t, { timeZone: zone, timeZoneName: 'short' }))
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const decimals = [0, 1, 2].map((digits) => new Intl.NumberFormat(tag, { maximumFractionDigits: digits }))

  const ofPlain = (date: PlainDate) => plainParts(Date.parse(`${date}T00:00:00Z`))
  const long = (p: Record<PartName, string>) => `${p.weekday}, ${p.day} ${p.month} ${p.year}`
  const timeMark = locale === 'id' ? '.' : ':'

  const formats: Formats = {
    date: (date) => long(ofPlain(date)),
    dayOf(instantMs, near) {
      const parts = localParts(instantMs)
      return parts.year === near.slice(0, 4) ? `${parts.weekday}, ${parts.day} ${parts.month}` : long(parts)
    },
    day(date, near) {
      const { day, month, year } = ofPlain(date)
      return year === near.slice(0, 4) ? `${day} ${month}` : `${day} ${month} ${year}`
    },
    dateOf(instantMs) {
      const { year, month, day } = dateParts(instantMs)
      return `${year}-${month}-${day}`
    },
    instant(instantMs) {
      const { hour, minute } = timeParts(instantMs)
      const time = `${hour.padStart(2, '0')}${timeMark}${minute.padStart(2, '0')}`
      return `${long(localParts(instantMs))} ${AT[locale]} ${time} ${formats.zoneName(instantMs)}`
    },
    week(monday) {
      const from = ofPlain(monday)
      const to = ofPlain(addDays(monday, 6))
      const end = `${to.day} ${to.month} ${to.year}`
      if (from.year !== to.year) return `${from.day} ${from.month} ${from.year} – ${end}`
      return from.month === to.month ? `${from.day}–${end}` : `${from.day} ${from.month} – ${end}`
    },
    zoneName(instantMs) {
      const names = zoneNames.map((parts) => parts(instantMs).timeZoneName)
      const short = names.find((name) => !/^(GMT|UTC)[+\-−]/.test(name))
      return short ?? `${names[0]} (${zone})`
    },
    number: (value, fractionDigits = 0) => (decimals[fractionDigits] ?? new Intl.NumberFormat(tag)).format(value),
    percent: (ratio) => percent.format(ratio).replace(/\s/g, ''),
  }
  return formats
}

const made = new Map<string, Formats>()

/** One set for each language and zone is made once and kept: making Intl's formats costs more than a whole report does. */
export function createFormats(locale: ReportLocale, zone: string): Formats {
  const key = `${locale} ${zone}`
  const known = made.get(key)
  if (known !== undefined) return known
  const formats = formatsFor(locale, zone)
  made.set(key, formats)
  return formats
}
