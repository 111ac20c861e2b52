import { describe, expect, it } from 'vitest'
import type { UnitPlace } from '../ports/area-figures.ts'
import { createAreaTree } from './area-tree.ts'

const weeks = { fromWeek: '2026-06-01', toWeek: '2026-07-13' }
const version = (parentUnitId = '', more: Partial<UnitPlace['versions'][number]> = {}) => ({
  validFrom: '2026-01-01',
  validTo: undefined,
  unitType: 'kelurahan',
  parentUnitId,
  population: undefined,
  ...more,
})
const place = (unitId: string, ...versions: UnitPlace['versions']): UnitPlace => ({ unitId, versions })
const membersOf = (areaId: string, ...places: readonly UnitPlace[]) =>
  createAreaTree(places)
    .membersOf(areaId, weeks)
    .map(({ unitId, fromWeek, toWeek }) => `${unitId} ${fromWeek} ${toWeek}`)
    .sort()
const whole = '2026-06-01 2026-07-13'

describe('who counts in an area', () => {
  it('is its own office and every unit below it, at any depth', () => {
    const places = [place('city', version()), place('kec', version('city')), place('kel', version('kec'))]
    expect(membersOf('city', ...places)).toEqual([`city ${whole}`, `kec ${whole}`, `kel ${whole}`])
    expect(membersOf('kec', ...places)).toEqual([`kec ${whole}`, `kel ${whole}`])
    expect(membersOf('kel', ...places)).toEqual([])
  })

  it('follows a unit that moves, from the week of its first day there on', () => {
    const moved = place('kel', version('A'), version('B', { validFrom: '2026-06-17' }))
    const others = [place('A', version()), place('B', version())]
    expect(membersOf('A', moved, ...others)).toEqual(['A 2026-06-01 2026-06-08', 'kel 2026-06-01 2026-06-08'])
    expect(membersOf('B', moved, ...others)).toEqual(['B 2026-06-15 2026-07-13', 'kel 2026-06-15 2026-07-13'])
  })

  it('counts a unit that comes back in two spans', () => {
    const away = { validFrom: '2026-06-15' }
    const moved = place('kel', version('A'), version('B', away), version('A', { validFrom: '2026-06-29' }))
    expect(membersOf('A', moved, place('A', version()), place('other', version('A')))).toEqual([
      `A ${whole}`,
      'kel 2026-06-01 2026-06-08',
      'kel 2026-06-29 2026-07-13',
      `other ${whole}`,
    ])
  })

  it('keeps a unit that has ended where it was last, and has none before its first day', () => {
    const ended = place('old', version('A', { validTo: '2026-06-10' }))
    const coming = place('new', version('A', { validFrom: '2026-07-05' }))
    expect(membersOf('A', place('A', version()), ended, coming)).toEqual([
      `A ${whole}`,
      'new 2026-06-29 2026-07-13',
      `old ${whole}`,
    ])
  })

  it('is in a city also what is no unit’s, from the week on in which it is one', () => {
    const city = version('', { unitType: 'city' })
    const below = place('kec', version('city'))
    expect(membersOf('city', place('city', city), below)).toEqual([` ${whole}`, `city ${whole}`, `kec ${whole}`])
    const became = place('city', version(), { ...city, validFrom: '2026-06-17' })
    expect(membersOf('city', became, below)).toEqual([' 2026-06-15 2026-07-13', `city ${whole}`, `kec ${whole}`])
    expect(membersOf('city', place('city', city))).toEqual([])
  })

  it('ends at rings, and takes a unit that is said to be above itself for one that nothing is above', () => {
    expect(membersOf('A', place('A', version('B')), place('B', version('A')))).toEqual([`A ${whole}`, `B ${whole}`])
    expect(membersOf('A', place('A', version('A')))).toEqual([])
  })
})

describe('residents of an area', () => {
  const residents = (areaId: string, ...places: readonly UnitPlace[]) =>
    createAreaTree(places).populationOf(areaId, '2026-07-13')
  const kec = (more: Partial<UnitPlace['versions'][number]> = {}) => version('city', { unitType: 'kecamatan', ...more })

  it('are those that the directory gives its unit, else those of the units right below it', () => {
    const kel = place('kel', version('kec', { population: 700 }))
    expect(residents('kec', place('kec', kec({ population: 900 })), kel)).toBe(900)
    expect(residents('kec', place('kec', kec()), kel)).toBe(700)
    expect(residents('city', place('city', version()), place('kec', kec({ population: 900 })), kel)).toBe(900)
    expect(residents('city', place('city', version()), place('kec', kec()), kel)).toBe(700)
  })

  it('are unknown where a kelurahan or kecamatan says nothing; offices of other kinds have none', () => {
    const known = place('kel', version('kec', { population: 700 }))
    const upt = place('upt', version('kec', { unitType: 'upt' }))
    expect(residents('kec', place('kec', kec()), known, place('silent', version('kec')))).toBeUndefined()
    expect(residents('kec', place('kec', kec()), known, upt)).toBe(700)
    expect(residents('kec', place('kec', kec()), upt)).toBeUndefined()
  })

  it('leave out a unit that has ended', () => {
    const ended = place('old', version('kec', { population: 400, validTo: '2026-07-12' }))
    expect(residents('kec', place('kec', kec()), place('kel', version('kec', { population: 700 })), ended)).toBe(700)
  })

  it('end at rings', () => {
    expect(residents('A', place('A', version('B')), place('B', version('A')))).toBeUndefined()
  })
})
