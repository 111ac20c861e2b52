import { expect, it } from 'vitest'
import { palembangUnits } from './palembang.ts'

const units = palembangUnits()
const ofType = (type: string) => units.filter((unit) => unit.unitType === type)

it('Palembang has 18 kecamatan, 107 kelurahan and 60 UPT, 41 of them puskesmas', () => {
  expect(ofType('kecamatan')).toHaveLength(18)
  expect(ofType('kelurahan')).toHaveLength(107)
  expect(ofType('upt')).toHaveLength(60)
  expect(ofType('upt').filter((unit) => unit.name.startsWith('Puskesmas '))).toHaveLength(41)
})

it('every unit has an id of its own, and kelurahan carry the code of their kecamatan', () => {
  expect(new Set(units.map((unit) => unit.unitId)).size).toBe(units.length)
  for (const unit of ofType('kelurahan')) {
    expect(unit.unitId).toMatch(/^16\.71\.(0[1-9]|1[0-8])\.10\d\d$/)
    expect(unit.parentUnitId).toBe(unit.unitId.slice(0, 8))
  }
})

it('codes lead to the local spelling', () => {
  const names = new Map(units.map((unit) => [unit.unitId, unit.name]))
  expect(names.get('16.71.02.1004')).toBe('3-4 Ulu')
  expect(names.get('16.71.04.1002')).toBe('Lorok Pakjo')
  expect(names.get('16.71.06.1012')).toBe('Sungai Buah')
  expect(names.get('16.71.17.1002')).toBe('9/10 Ulu')
  expect(names.get('upt:dukcapil-jakabaring')).toBe('UPTD Dukcapil Jakabaring')
})

it('a name does not tell a unit: several are used twice', () => {
  expect(units.filter((unit) => unit.name === 'Sukarami').map((unit) => unit.unitType)).toEqual([
    'kecamatan',
    'kelurahan',
  ])
})

it('every parent stands before its children', () => {
  const seen = new Set<string>()
  for (const unit of units) {
    if (unit.parentUnitId !== undefined) expect(seen).toContain(unit.parentUnitId)
    seen.add(unit.unitId)
  }
})

it('reports go to roles at a reserved domain, no address to two units', () => {
  const emails = units.flatMap((unit) => unit.reportEmails)
  for (const email of emails) expect(email).toMatch(/^[a-z]+\.[a-z0-9-]+@palembang\.example$/)
  expect(new Set(emails).size).toBe(emails.length)
  expect(emails).toContain('lurah.16-71-05-1003@palembang.example')
})
