import { readFileSync } from 'node:fs'
import { createWorkCalendar } from '@bina/domain/calendar'
import { calendarPolicySchema } from '@bina/domain/calendar-policy'
import { spotCheckPolicySchema, spotCheckRulesOn } from '@bina/domain/spot-check-rules'
import { parse } from 'yaml'
import { buildFrame, type FrameRequest } from './build-frame.ts'
import type { CityUnit } from './city-roster.ts'
import type { SpotCheckFrame } from './spot-check-frame.ts'

const policyFile = (name: string) => parse(readFileSync(new URL(`../../../../policy/${name}`, import.meta.url), 'utf8'))

export const ZONE = 'Asia/Jakarta'
export const calendar = createWorkCalendar({
  zone: ZONE,
  policy: calendarPolicySchema.parse(policyFile('calendar.yaml')),
})
export const rules = spotCheckRulesOn(spotCheckPolicySchema.parse(policyFile('spot-checks.yaml')), '2026-11-23')

export const seedOf = (number: number) => number.toString(16).padStart(64, '0')

/** So many kelurahan in three kecamatan, with two to five people each; the kecamatan themselves are not among them. */
export function kelurahan(count: number): readonly CityUnit[] {
  return Array.from({ length: count }, (_, at) => {
    const kecamatanId = `16.71.0${(at % 3) + 1}`
    const unitId = `${kecamatanId}.10${String(at).padStart(2, '0')}`
    const staffKeys = Array.from({ length: 2 + (at % 4) }, (_, person) => `person_${at}_${person}`)
    const line = [unitId, kecamatanId]
    return { unitId, unitType: 'kelurahan', kecamatanId, line, profile: 'office_5d', staffKeys }
  })
}

export function frameOf(units: readonly CityUnit[], changes: Partial<FrameRequest> = {}): SpotCheckFrame {
  const week = changes.week ?? '2026-11-23'
  return buildFrame(
    {
      week,
      fromDate: week,
      zone: ZONE,
      cityProfile: 'office_5d',
      policyVersion: 'test',
      rules,
      callerUnitIds: [],
      beaconFrom: '',
      previous: null,
      ...changes,
    },
    { units, calendar },
  )
}
