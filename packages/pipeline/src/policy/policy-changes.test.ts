import { type Dated, entryInForce } from '@bina/domain/dated'
import { addDays } from '@bina/domain/plain-date'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PolicyValues, policyChanges } from './policy-changes.ts'
import { always, dated, rules } from './test-rules.ts'

const changesTo = (after: Partial<PolicyValues>) => policyChanges(rules, { ...rules, ...after })

describe('a change of the rules', () => {
  it('is none where only a basis, a status, or the cut of entries is new', () => {
    const confirmed = always(0).map((entry) => ({ ...entry, status: 'in_force' as const, basis: 'a regulation' }))
    expect(changesTo({ attendance: { toleranceMinutes: confirmed } })).toEqual([])
    const cut = [dated('0001-01-01', 0, '2025-12-31'), dated('2026-01-01', 0)]
    expect(changesTo({ attendance: { toleranceMinutes: cut } })).toEqual([])
    expect(policyChanges(rules, JSON.parse(JSON.stringify(rules)))).toEqual([])
  })

  it('of attendance, deadlines and scores lies on the dates of the entry', () => {
    const cut = <T>(before: T, after: T) => [dated('0001-01-01', before, '2026-06-30'), dated('2026-07-01', after)]
    expect(changesTo({ attendance: { toleranceMinutes: cut(0, 5) } })).toEqual([
      { scope: 'days', from: '2026-07-01', to: undefined },
    ])
    expect(changesTo({ deadlines: { responseWorkingDays: cut(5, 3) } })).toEqual([
      { scope: 'receipts', from: '2026-07-01', to: undefined },
    ])
    const kelurahan = [dated('2026-07-01', { A1: { mean: 0.9, strength: 30 } }, '2026-09-30')]
    expect(changesTo({ scoring: { ...rules.scoring, fittedPriors: { kelurahan } } })).toEqual([
      { scope: 'scores', from: '2026-07-01', to: '2026-09-30' },
    ])
  })

  it('of the calendar lies on the dates whose hours or days off differ', () => {
    const { calendar } = rules
    const haze = { ...dated('2019-09-24', { keepsHolidays: true, hours: 'short' }, '2019-09-30'), overlay: true }
    const office = [...(calendar.profiles.office_5d ?? []), haze]
    const extra = dated('2026-08-18', { holidays: [], jointLeave: ['2026-08-18'] }, '2026-08-18')
    expect(
      changesTo({
        calendar: {
          profiles: { ...calendar.profiles, office_5d: office },
          daysOff: [...calendar.daysOff, extra],
          ramadan: [dated('2026-02-19', { hijriYear: 1447 }, '2026-03-19')],
        },
      }),
    ).toEqual([
      { scope: 'calendar', from: '2019-09-24', to: '2019-09-30' },
      { scope: 'calendar', from: '2026-03-20', to: '2026-03-20' },
      { scope: 'calendar', from: '2026-08-18', to: '2026-08-18' },
    ])
  })

  it('is none when a profile is added that says what office_5d says, by which it was read before', () => {
    const { calendar } = rules
    const office = calendar.profiles.office_5d ?? []
    expect(changesTo({ calendar: { ...calendar, profiles: { ...calendar.profiles, other: office } } })).toEqual([])
    const other = always({ keepsHolidays: false, hours: 'other' })
    expect(changesTo({ calendar: { ...calendar, profiles: { ...calendar.profiles, other } } })).toEqual([
      { scope: 'calendar', from: '0001-01-01', to: undefined },
    ])
  })

  it('is everything where nothing is known of the rules before', () => {
    expect(policyChanges(undefined, rules).map(({ scope, from, to }) => [scope, from, to])).toEqual([
      ['days', '0001-01-01', undefined],
      ['receipts', '0001-01-01', undefined],
      ['calendar', '0001-01-01', undefined],
      ['scores', '0001-01-01', undefined],
    ])
  })

  it('covers every date on which the rules differ, and no other', () => {
    const date = fc.integer({ min: 0, max: 60 }).map((day) => addDays('2026-01-01', day))
    const entry = fc.record({
      from: date,
      length: fc.integer({ min: 0, max: 20 }),
      value: fc.integer({ max: 2, min: 0 }),
    })
    const list = fc.array(entry, { maxLength: 5 }).map(
      (entries): Dated<unknown> => [
        dated('0001-01-01', 0),
        ...entries.map(({ from, length, value }) => ({
          ...dated(from, value, addDays(from, length)),
          overlay: true,
        })),
      ],
    )
    fc.assert(
      fc.property(list, list, (before, after) => {
        const of = (toleranceMinutes: Dated<unknown>) => ({ ...rules, attendance: { toleranceMinutes } })
        const changes = policyChanges(of(before), of(after))
        for (let day = '2025-12-20'; day <= '2026-04-01'; day = addDays(day, 1)) {
          const differs = entryInForce(before, day)?.value !== entryInForce(after, day)?.value
          expect(changes.some(({ from, to }) => from <= day && (to === undefined || day <= to))).toBe(differs)
        }
      }),
    )
  })
})
