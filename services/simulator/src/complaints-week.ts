import type { EventContent } from '@bina/events/service-event'
import type { CityPlan } from './city-plan.ts'
import { tellComplaintLife } from './complaint-life.ts'
import type { CityDay } from './day-book.ts'
import type { Tell } from './event-maker.ts'
import type { SlaClass } from './life.ts'
import type { CityUnit } from './palembang.ts'
import { chance, createRandom, letters, normal, pick, poisson, type Random, weighted, wholeBelow } from './random.ts'
import { traitsOf } from './unit-traits.ts'

type Received = Extract<EventContent, { type: 'bina.complaint.received.v1' }>['data']
type Category = Received['category']

const minuteMs = 60_000

const channels: Readonly<Record<Received['channel'], number>> = {
  sp4n_lapor: 30,
  social_media: 18,
  whatsapp: 17,
  walk_in: 14,
  web: 8,
  phone: 6,
  mayor_visit: 4,
  other: 3,
}

/** What is complained about besides rudeness; the last two are severe and few. */
const categories: Readonly<Record<Exclude<Category, 'rude'>, number>> = {
  delay: 24,
  convoluted: 16,
  obstructive: 10,
  no_service: 13,
  facility: 12,
  incompetent: 7,
  other: 15,
  illegal_fee: 1,
  discrimination: 0.7,
}

const classes: Readonly<Record<SlaClass, number>> = { light: 15, normative: 38, ordinary: 42, supervision: 5 }

const services: Readonly<Record<'kelurahan' | 'kecamatan' | 'upt', readonly string[]>> = {
  kelurahan: ['surat-pengantar', 'surat-domisili', 'sktm', 'kebersihan', 'drainase'],
  kecamatan: ['rekomendasi', 'legalisasi', 'iumk', 'trantib'],
  upt: ['pendaftaran', 'pemeriksaan', 'kartu', 'pembayaran', 'pengangkutan'],
}

/** Tells what citizens bring forward about one unit in one week (from 0), each with its whole life. */
export function tellComplaintsWeek(
  plan: CityPlan,
  tell: Tell,
  unit: CityUnit,
  days: readonly CityDay[],
  week: number,
): void {
  const monday = days[0]?.date ?? ''
  const traits = traitsOf(plan, unit, week + 1)
  const random = createRandom(plan.seed, 'complaints', unit.unitId, monday)
  const count = poisson(random, traits.complaintsPerWeek)
  const received = Array.from({ length: count }, () => receiptMs(random, days)).sort((a, b) => a - b)
  let earlierId: string | undefined
  for (const [index, receivedMs] of received.entries()) {
    const complaintId = `c-${monday.replaceAll('-', '').slice(2)}-${unit.unitId.replace(/^upt:/, '')}-${index + 1}`
    const category: Category = chance(random, traits.rudeShare) ? 'rude' : weighted(random, categories)
    const kind = weighted(random, { complaint: 88, suggestion: 6, information_request: 6 })
    const slaClass = weighted(random, classes)
    // A citizen does not always know who is responsible, and sometimes thinks of a neighbour.
    const named = chance(random, 0.85)
      ? unit.unitId
      : chance(random, 0.3)
        ? pick(random, plan.servingUnits).unitId
        : undefined
    const data: Received = {
      complaintId,
      ...(named === undefined ? {} : { unitId: named }),
      channel: weighted(random, channels),
      kind,
      category,
      slaClass,
      ...(chance(random, 0.6) ? { serviceCode: serviceOf(random, unit) } : {}),
      ...(chance(random, 0.7) ? { reporterKey: reporterOf(plan, random, unit) } : {}),
    }
    tell(`received-${complaintId}`, receivedMs, { type: 'bina.complaint.received.v1', subject: complaintId, data })
    tellComplaintLife({ plan, tell, complaintId, earlierId, receivedMs, kind, slaClass, unit })
    earlierId = complaintId
  }
}

/** Mostly on working days between morning and evening, but a telephone knows no closing time. */
function receiptMs(random: Random, days: readonly CityDay[]): number {
  const weights = Object.fromEntries(days.map((day, index) => [String(index), day.shift === undefined ? 0.25 : 1]))
  const day = days[Number(weighted(random, weights))]
  if (day === undefined) throw new RangeError('a week has days')
  const minute = Math.max(5 * 60, Math.min(22 * 60, normal(random, 11.5 * 60, 190)))
  return day.startMs + minute * minuteMs
}

function serviceOf(random: Random, unit: CityUnit): string {
  const { unitType } = unit
  return pick(random, unitType === 'opd' || unitType === 'city' ? services.kecamatan : services[unitType])
}

/** Some forty people around a unit who write now and then, so that the same one may come back within a week. */
function reporterOf(plan: CityPlan, random: Random, unit: CityUnit): string {
  return `r-${letters(createRandom(plan.seed, 'reporter', unit.unitId, wholeBelow(random, 40)), 16)}`
}
