import { createHmac } from 'node:crypto'
import { addDays } from '@bina/domain/plain-date'
import { describe, expect, it } from 'vitest'
import { drawSlots, type RotationState } from './draw-slots.ts'
import { frameOf, kelurahan, rules, seedOf } from './test-frame.ts'

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

describe('a week of random checks', () => {
  const frame = frameOf(kelurahan(40))
  const { slots } = drawSlots(frame, seedOf(1))

  it('is twelve a working day, seven of ten of them in rotation', () => {
    expect(slots).toHaveLength(60)
    expect(slots.filter(({ kind }) => kind === 'rotation')).toHaveLength(42)
  })

  it('is the same for the same seed and frame, and another for another seed', () => {
    expect(drawSlots(frame, seedOf(1)).slots).toEqual(slots)
    expect(drawSlots(frame, seedOf(2)).slots).not.toEqual(slots)
  })

  it('takes the unit with the lowest HMAC of the week, the slot and its id, as openssl would', () => {
    const lowest = frame.units
      .map(({ unitId }) => ({
        unitId,
        hash: createHmac('sha256', seedOf(1)).update(`2026-11-23|1|${unitId}`).digest('hex'),
      }))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))[0]
    expect(slots[0]?.unitId).toBe(lowest?.unitId)
  })

  it('has no more calls on a day than can be made', () => {
    const days = grouped(slots, ({ date }) => date)
    expect([...days.keys()].toSorted()).toEqual([0, 1, 2, 3, 4].map((day) => addDays('2026-11-23', day)))
    for (const calls of days.values()) expect(calls.length).toBeLessThanOrEqual(12)
  })

  it('calls within the hours of service, and keeps break, prayers and roll call free, a second try included', () => {
    const takes = rules.call.retryToMinutes + rules.call.minutes
    const closed = (date: string): readonly (readonly [number, number])[] =>
      date === '2026-11-27'
        ? [
            [0, 510],
            [690, 780],
            [675, 810],
            [890, 945],
            [990, 1440],
          ]
        : [
            [0, date === '2026-11-23' ? 510 : 450],
            [720, 780],
            [700, 780],
            [890, 945],
            [960, 1440],
          ]
    for (const { date, minuteOfDay } of slots) {
      for (const [from, to] of closed(date)) {
        expect(minuteOfDay >= to || minuteOfDay + takes <= from, `${date} ${minuteOfDay}`).toBe(true)
      }
    }
  })

  it('draws a person of the unit’s roster', () => {
    for (const { unitId, personNumber } of slots) {
      const staff = frame.units.find((unit) => unit.unitId === unitId)?.staff ?? 0
      expect(personNumber).toBeGreaterThanOrEqual(1)
      expect(personNumber).toBeLessThanOrEqual(staff)
    }
  })

  it('keeps two calls of one caller apart', () => {
    for (const calls of grouped(slots, ({ date }) => date).values()) {
      const minutes = calls.map(({ minuteOfDay }) => minuteOfDay).toSorted((a, b) => a - b)
      for (const [at, minute] of minutes.entries())
        if (at > 0) expect(minute - (minutes[at - 1] ?? 0)).toBeGreaterThanOrEqual(15)
    }
  })
})

describe('the rotation', () => {
  it('calls each unit exactly once in a block, over weeks, while units come and go', () => {
    const taken = new Map<number, string[]>()
    let state: RotationState | undefined
    for (let week = 0; week < 12; week++) {
      // Two units join in the third week.
      const units = kelurahan(week < 2 ? 41 : 43)
      const previous = state === undefined ? null : { drawId: 'before', commitment: 'x', rotation: state }
      const frame = frameOf(units, { week: addDays('2026-01-05', week * 7), capacityPerDay: 3, previous })
      const drawn = drawSlots(frame, seedOf(week))
      for (const { block, unitId } of drawn.slots) {
        if (block !== null) taken.set(block, [...(taken.get(block) ?? []), unitId])
      }
      state = drawn.rotation
    }
    const blocks = [...taken].toSorted(([a], [b]) => a - b)
    expect(blocks.length).toBeGreaterThan(2)
    expect(blocks.map(([block]) => block)).toEqual(blocks.map((_, at) => at + 1))
    for (const [, units] of blocks) expect(new Set(units).size).toBe(units.length)
    for (const [block, units] of blocks.slice(0, -1))
      expect(units.toSorted(), `block ${block}`).toEqual(
        kelurahan(43)
          .map(({ unitId }) => unitId)
          .toSorted(),
      )
  })

  it('may end a block and begin the next within a week', () => {
    const drawn = drawSlots(frameOf(kelurahan(10)), seedOf(3))
    const blocks = grouped(
      drawn.slots.filter(({ kind }) => kind === 'rotation'),
      ({ block }) => block,
    )
    expect([...blocks.values()].map((some) => some.length)).toEqual([10, 10, 10, 10, 2])
    expect(drawn.rotation).toMatchObject({ block: 5 })
    expect(drawn.rotation.done).toHaveLength(2)
  })

  it('keeps the place of a unit that was out of the frame for a week', () => {
    const first = drawSlots(frameOf(kelurahan(20), { capacityPerDay: 2 }), seedOf(1))
    const called = first.rotation.done[0]
    const previous = { drawId: 'before', commitment: 'x', rotation: first.rotation }
    const without = frameOf(
      kelurahan(20).filter(({ unitId }) => unitId !== called),
      { capacityPerDay: 1, previous },
    )
    const second = drawSlots(without, seedOf(2))
    expect(second.rotation.done).toContain(called)
    expect(second.rotation.block).toBe(1)
  })
})

describe('callers', () => {
  it('never call a unit with which they share a superior', () => {
    const callers = ['16.71.01', '16.71.02.1001', 'opd:hr']
    const units = kelurahan(12)
    const kecamatan = { ...(units[0] ?? expect.fail()), unitId: '16.71.01', unitType: 'kecamatan', line: ['16.71.01'] }
    const frame = frameOf([kecamatan, ...units], { callerUnitIds: callers })
    for (const { unitId, callerUnitId } of drawSlots(frame, seedOf(1)).slots) {
      if (callerUnitId === '16.71.01') expect(unitId.startsWith('16.71.01')).toBe(false)
      if (callerUnitId === '16.71.02.1001') expect(unitId.startsWith('16.71.02')).toBe(false)
      expect(callers).toContain(callerUnitId)
    }
  })

  it('leave a unit out, in the open, when all of them are of its line', () => {
    const frame = frameOf(kelurahan(6), { callerUnitIds: ['16.71.01'] })
    expect(frame.leftOut.map(({ reason }) => reason)).toEqual(['no_caller', 'no_caller'])
    expect(frame.units.every(({ kecamatanId }) => kecamatanId !== '16.71.01')).toBe(true)
  })
})
