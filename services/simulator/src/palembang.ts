import { kecamatanOfPalembang } from './palembang-kelurahan.ts'
import { opdOfPalembang, uptOfPalembang } from './palembang-upt.ts'
import { createRandom, wholeBelow } from './random.ts'

export type UnitType = 'kelurahan' | 'kecamatan' | 'upt' | 'opd' | 'city'

export interface CityUnit {
  readonly unitId: string
  readonly name: string
  readonly unitType: UnitType
  readonly parentUnitId?: string
  readonly headRole: string
  readonly reportEmails: readonly string[]
  readonly locale: 'id' | 'en'
  readonly population?: number
  /** How many people work there in real life, before a small city is drawn from it. */
  readonly usualStaff: number
}

export const cityUnitId = '16.71'

// A few heads read English, so that both languages of the report are always in use.
const englishReaders: ReadonlySet<string> = new Set([
  '16.71.11.1006',
  '16.71.04.1002',
  '16.71.17',
  'upt:puskesmas-makrayu',
])

function locale(unitId: string): 'id' | 'en' {
  return englishReaders.has(unitId) ? 'en' : 'id'
}

/** Role addresses, at a domain that RFC 2606 reserves: no mail of a test can ever reach anybody. */
function addressOf(role: string, unitId: string): string {
  return `${role}.${unitId.replaceAll(/[.:]/g, '-')}@palembang.example`
}

/** Populations are made up, between 4,000 and 32,000, and the same in every simulated city. */
function populationOf(unitId: string): number {
  return 4_000 + wholeBelow(createRandom('population', unitId), 28_000)
}

function kecamatanAndKelurahan(): readonly CityUnit[] {
  return kecamatanOfPalembang.flatMap((row) => {
    const unitId = `${cityUnitId}.${row.code}`
    const kecamatan: CityUnit = {
      unitId,
      name: row.name,
      unitType: 'kecamatan',
      parentUnitId: cityUnitId,
      headRole: 'Camat',
      reportEmails: [addressOf('camat', unitId), addressOf('sekcam', unitId)],
      locale: locale(unitId),
      usualStaff: 20,
    }
    const kelurahan = row.kelurahan.map((entry): CityUnit => {
      const kelurahanId = `${unitId}.10${entry.slice(0, 2)}`
      return {
        unitId: kelurahanId,
        name: entry.slice(3),
        unitType: 'kelurahan',
        parentUnitId: unitId,
        headRole: 'Lurah',
        reportEmails: [addressOf('lurah', kelurahanId)],
        locale: locale(kelurahanId),
        population: populationOf(kelurahanId),
        usualStaff: 8,
      }
    })
    return [kecamatan, ...kelurahan]
  })
}

/** All units: the city, 5 agencies, 18 kecamatan, 107 kelurahan, 60 UPT; every parent stands before its children. */
export function palembangUnits(): readonly CityUnit[] {
  const city: CityUnit = {
    unitId: cityUnitId,
    name: 'Kota Palembang',
    unitType: 'city',
    headRole: 'Wali Kota',
    reportEmails: [addressOf('walikota', cityUnitId), addressOf('sekda', cityUnitId)],
    locale: 'id',
    usualStaff: 0,
  }
  const opd = opdOfPalembang.map(
    (row): CityUnit => ({
      unitId: `opd:${row.slug}`,
      name: row.name,
      unitType: 'opd',
      parentUnitId: cityUnitId,
      headRole: row.headRole,
      reportEmails: [addressOf('kepala', `opd:${row.slug}`)],
      locale: 'id',
      usualStaff: 0,
    }),
  )
  const nameOf = new Map(kecamatanOfPalembang.map((row) => [row.code, row.name]))
  const upt = uptOfPalembang((code) => nameOf.get(code) ?? code).map((row): CityUnit => {
    const unitId = `upt:${row.slug}`
    return {
      unitId,
      name: row.name,
      unitType: 'upt',
      parentUnitId: `opd:${row.opd}`,
      headRole: row.headRole,
      reportEmails: [addressOf('kepala', unitId)],
      locale: locale(unitId),
      usualStaff: row.opd === 'dinas-kesehatan' ? 25 : 10,
    }
  })
  return [city, ...opd, ...kecamatanAndKelurahan(), ...upt]
}
