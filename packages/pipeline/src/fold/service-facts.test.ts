import { describe, expect, it } from 'vitest'
import type { ServiceFact } from './complaint.ts'
import type { KnownEvent } from './known-event.ts'
import { at } from './test-city.ts'
import { fold, shareOf } from './test-complaint.ts'
import {
  assigned,
  excluded,
  invited,
  rated,
  received,
  reopened,
  resolved,
  resumed,
  verified,
  waiting,
} from './test-events.ts'

// Monday 6 July 2026, due on Monday 13 July at 16:00.
const held = [received('2026-07-06 09:00', { unitId: 'U' }), assigned('2026-07-06 10:00', 'A')]

function facts(measure: ServiceFact['measure'], unitId: string, events: readonly KnownEvent[]): readonly ServiceFact[] {
  return (shareOf(unitId, events)?.facts ?? []).filter((fact) => fact.measure === measure)
}

function counts(measure: ServiceFact['measure'], unitId: string, events: readonly KnownEvent[]): readonly string[] {
  return facts(measure, unitId, events).map(({ numerator, denominator }) => `${numerator}/${denominator}`)
}

describe('S8, reopened of the resolved', () => {
  it('counts the first resolution by the own due, once thirty days have passed', () => {
    expect(facts('S8', 'A', [...held, resolved('2026-07-08 09:30')])).toEqual([
      {
        measure: 'S8',
        atMs: at('2026-07-13 16:00'),
        countsFromMs: at('2026-08-07 09:30'),
        numerator: 0,
        denominator: 1,
      },
    ])
  })

  it('has the complaint folded again when the thirty days are over', () => {
    const { nextChangeAtMs } = fold([...held, resolved('2026-07-08 09:30')], { nowMs: at('2026-07-20') })
    expect(nextChangeAtMs).toBe(at('2026-08-07 09:30'))
  })

  it('asks about the first resolution alone, whatever became of the second', () => {
    const twice = [...held, resolved('2026-07-08 09:30'), reopened('2026-07-20 08:00'), resolved('2026-07-21 08:00')]
    expect(counts('S8', 'A', twice)).toEqual(['1/1'])
    expect(counts('S8', 'A', [...twice, reopened('2026-07-22 08:00')])).toEqual(['1/1'])
  })

  it('takes a reopening on the thirtieth day, and none after it', () => {
    const done = [...held, resolved('2026-07-08 09:30')]
    expect(counts('S8', 'A', [...done, reopened('2026-08-07 09:30')])).toEqual(['1/1'])
    expect(counts('S8', 'A', [...done, reopened('2026-08-07 09:30:01')])).toEqual(['0/1'])
  })

  it('counts with the unit that had closed it, also after another took it over', () => {
    const moved = [
      ...held,
      resolved('2026-07-08 09:30'),
      reopened('2026-07-09 08:00'),
      assigned('2026-07-09 09:00', 'B'),
      resolved('2026-07-10 08:00', 'B'),
    ]
    expect(counts('S8', 'A', moved)).toEqual(['1/1'])
    expect(counts('S8', 'B', moved)).toEqual([])
  })

  it('takes severe, excluded and mere suggestions too', () => {
    const done = [assigned('2026-07-06 10:00', 'A'), resolved('2026-07-08 09:30')]
    expect(counts('S8', 'A', [received('2026-07-06 09:00', { category: 'illegal_fee' }), ...done])).toEqual(['0/1'])
    expect(counts('S8', 'A', [received('2026-07-06 09:00', { kind: 'suggestion' }), ...done])).toEqual(['0/1'])
    expect(counts('S8', 'A', [...held, ...done, excluded('2026-07-09 08:00', 'invalid')])).toEqual(['0/1'])
  })
})

describe('S9, forwarded or refused too late', () => {
  it('counts what the unit itself forwards, late after more than three working days', () => {
    expect(counts('S9', 'A', [...held, assigned('2026-07-09 16:00', 'B', 'unit')])).toEqual(['0/1'])
    expect(counts('S9', 'A', [...held, assigned('2026-07-10 07:31', 'B', 'unit')])).toEqual(['1/1'])
    expect(counts('S9', 'A', [...held, assigned('2026-07-10 07:31', 'B', 'coordinator')])).toEqual([])
  })

  it('counts a refusal at its own time, which moves nothing', () => {
    const refused = [...held, excluded('2026-07-10 07:31', 'not_ours', 'unit')]
    expect(facts('S9', 'A', refused)).toMatchObject([{ atMs: at('2026-07-10 07:31'), numerator: 1, denominator: 1 }])
  })

  it('does not count waiting for the citizen', () => {
    const waited = [...held, waiting('2026-07-06 10:00'), assigned('2026-07-14 09:00', 'B', 'unit')]
    expect(counts('S9', 'A', waited)).toEqual(['0/1'])
  })

  it('takes back the forward of a complaint that soon comes back', () => {
    const back = [...held, assigned('2026-07-10 07:31', 'B', 'unit'), assigned('2026-07-13 09:00', 'A', 'unit')]
    expect(counts('S9', 'A', back)).toEqual([])
    expect(counts('S9', 'B', back)).toEqual(['0/1'])
  })
})

describe('B4, waiting for the reporter', () => {
  // Received on Monday the 6th, due on Monday the 13th at 16:00.
  const due = at('2026-07-13 16:00')

  it('counts by the due that no waiting moves, and once that has come', () => {
    const waited = [...held, waiting('2026-07-08 09:00')]
    expect(facts('B4', 'A', waited)).toEqual([
      { measure: 'B4', atMs: due, countsFromMs: due, numerator: 1, denominator: 1 },
    ])
    expect(counts('B4', 'A', [...waited, waiting('2026-07-23 09:00'), waiting('2026-08-07 09:00')])).toEqual(['1/1'])
    expect(counts('B4', 'A', held)).toEqual(['0/1'])
  })

  it('asks whether the clock was stopped: not without a contact, in the evening, or after the due', () => {
    for (const wait of [
      [waiting('2026-07-08 09:00', false)],
      [waiting('2026-07-08 16:30'), resumed('2026-07-09 07:00')],
      [waiting('2026-07-14 09:00')],
    ])
      expect(counts('B4', 'A', [...held, ...wait])).toEqual(['0/1'])
  })

  it('counts with whoever had it at that due', () => {
    const moved = [...held, waiting('2026-07-08 09:00'), resumed('2026-07-08 15:00')]
    expect(counts('B4', 'A', [...moved, assigned('2026-07-09 09:00', 'B')])).toEqual([])
    expect(counts('B4', 'B', [...moved, assigned('2026-07-09 09:00', 'B')])).toEqual(['0/1'])
    expect(counts('B4', 'A', [...moved, assigned('2026-07-14 09:00', 'B')])).toEqual(['1/1'])
  })

  it('leaves out what is out of the scores', () => {
    expect(counts('B4', 'A', [...held, excluded('2026-07-07 08:00', 'invalid')])).toEqual([])
  })
})

describe('S10, excluded or merged of the received', () => {
  it('counts by the receipt, with the unit that answers at last', () => {
    const moved = [...held, assigned('2026-07-07 08:00', 'B')]
    expect(facts('S10', 'B', moved)).toMatchObject([{ atMs: at('2026-07-06 09:00'), numerator: 0, denominator: 1 }])
    expect(counts('S10', 'A', moved)).toEqual([])
  })

  it('counts with the unit complained about as long as nobody has it', () => {
    expect(counts('S10', 'U', held.slice(0, 1))).toEqual(['0/1'])
  })

  it.each(['invalid', 'not_ours', 'withdrawn', 'duplicate'] as const)('counts one excluded as %s', (reason) => {
    expect(counts('S10', 'A', [...held, excluded('2026-07-07 08:00', reason)])).toEqual(['1/1'])
    expect(counts('S10', 'A', [...held, excluded('2026-07-07 08:00', reason, 'unit')])).toEqual(['0/1'])
  })
})

describe('S11, days between cases of misconduct', () => {
  it.each(['rude', 'convoluted', 'obstructive'] as const)('takes a verified complaint about %s', (category) => {
    const told = [received('2026-07-06 09:00', { category }), assigned('2026-07-06 10:00', 'A')]
    expect(facts('S11', 'A', told)).toEqual([])
    expect(facts('S11', 'A', [...told, verified('2026-07-07 08:00', {})])).toMatchObject([
      { atMs: at('2026-07-06 09:00'), numerator: 1, denominator: 1 },
    ])
  })

  it('goes by the verified category, and takes none that the coordinator has excluded', () => {
    const rude = [...held, verified('2026-07-07 08:00', { category: 'rude' })]
    expect(counts('S11', 'A', rude)).toEqual(['1/1'])
    expect(counts('S11', 'A', [...rude, excluded('2026-07-08 08:00', 'invalid')])).toEqual([])
    expect(counts('S11', 'A', [...held, verified('2026-07-07 08:00', { category: 'delay' })])).toEqual([])
  })
})

describe('S15, answers of those invited', () => {
  it('counts invitations below and answers above, each with the unit that it names', () => {
    const asked = [...held, invited('2026-07-10 08:00', 'A'), invited('2026-07-11 08:00', 'A')]
    expect(counts('S15', 'A', [...asked, rated('2026-07-20 08:00', 'A', { conduct: 3 })])).toEqual([
      '0/1',
      '0/1',
      '1/0',
    ])
    expect(counts('S15', 'B', [...asked, rated('2026-07-20 08:00', 'B', { conduct: 3 })])).toEqual(['1/0'])
  })

  it('counts the answers of a severe complaint, which enter no satisfaction', () => {
    const severe = [received('2026-07-06 09:00', { category: 'discrimination' }), rated('2026-07-20 08:00', 'A', {})]
    expect(shareOf('A', severe)?.ratings).toEqual([])
    expect(counts('S15', 'A', severe)).toEqual(['1/0'])
  })
})
