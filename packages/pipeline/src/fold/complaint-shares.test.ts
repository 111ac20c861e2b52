import { describe, expect, it } from 'vitest'
import type { UnitShare } from './complaint.ts'
import type { KnownEvent } from './known-event.ts'
import { at } from './test-city.ts'
import { rowOf, shareOf } from './test-complaint.ts'
import {
  assigned,
  audited,
  excluded,
  rated,
  received,
  reopened,
  resolved,
  responded,
  resumed,
  verified,
  waiting,
} from './test-events.ts'

/** Received on a Monday, due on the next Monday 16:00; with A from 10:30 on. */
const receipt = received('2026-07-06 10:00')
const begun = [receipt, assigned('2026-07-06 10:30', 'A')]
const due = at('2026-07-13 16:00')

describe('S1, answering in time', () => {
  it.each<[string, readonly KnownEvent[], boolean]>([
    ['an answer at the own due is in time', [responded('2026-07-13 16:00')], true],
    ['an answer on the evening of the last day is in time by the unit’s clock', [responded('2026-07-13 21:00')], true],
    ['an answer a second into the next working day is not', [responded('2026-07-14 07:30:01')], false],
    ['a repair is an answer', [resolved('2026-07-08 09:00')], true],
    ['an automatic reply is none', [responded('2026-07-08 09:00', 'A', false)], false],
    ['a silent close is none', [resolved('2026-07-08 09:00', 'A', 'closed_silent')], false],
    ['an answer from before the custody began is in time', [responded('2026-07-06 10:15')], true],
    ['another unit’s answer is in time for the complaint', [responded('2026-07-08 09:00', 'Z')], true],
    [
      'waiting for the citizen is no answer and no delay',
      [waiting('2026-07-07 09:00'), responded('2026-07-14 09:00')],
      false,
    ],
  ])('%s', (_, events, responseOnTime) => {
    expect(shareOf('A', [...begun, ...events])).toMatchObject({ responseDueMs: due, responseOnTime })
  })

  it('counts once the own due has come, not a moment before', () => {
    const answered = [...begun, responded('2026-07-07 09:00')]
    expect(shareOf('A', answered, { nowMs: due - 1 })).toMatchObject({
      responseDueMs: undefined,
      responseOnTime: false,
    })
    expect(shareOf('A', answered, { nowMs: due })).toMatchObject({ responseDueMs: due, responseOnTime: true })
  })

  it('counts for an earlier unit only if it still had the complaint at its own due', () => {
    const passedOn = [...begun, assigned('2026-07-13 15:59', 'B')]
    expect(shareOf('A', passedOn)?.responseDueMs).toBeUndefined()
    const kept = [...begun, assigned('2026-07-13 16:01', 'B')]
    expect(shareOf('A', kept)).toMatchObject({ responseDueMs: due, responseOnTime: false })
  })

  it('gives the receiver of an old complaint until the third working day', () => {
    const late = [...begun, assigned('2026-07-14 10:00', 'B'), responded('2026-07-17 16:30', 'B')]
    expect(shareOf('B', late)).toMatchObject({ responseDueMs: at('2026-07-17 16:30'), responseOnTime: true })
    expect(shareOf('A', late)).toMatchObject({ responseDueMs: due, responseOnTime: false })
  })
})

describe('S2, resolved in time and for good', () => {
  it.each<[string, readonly KnownEvent[], boolean]>([
    ['resolved in time', [resolved('2026-07-13 16:00')], true],
    ['answered in time', [resolved('2026-07-13 16:00', 'A', 'answered')], true],
    ['closed in silence in time', [resolved('2026-07-13 16:00', 'A', 'closed_silent')], true],
    ['resolved late', [resolved('2026-07-14 09:00')], false],
    ['never resolved', [], false],
    [
      'reopened within thirty days, although resolved again in time',
      [resolved('2026-07-07 09:00'), reopened('2026-07-08 09:00'), resolved('2026-07-09 09:00')],
      false,
    ],
    ['reopened after thirty days', [resolved('2026-07-07 09:00'), reopened('2026-08-20 09:00')], true],
  ])('%s', (_, events, resolutionSustained) => {
    expect(shareOf('A', [...begun, ...events])).toMatchObject({ resolutionDueMs: due, resolutionSustained })
  })

  it('counts once the own due has come, not a moment before', () => {
    const done = [...begun, resolved('2026-07-07 09:00')]
    expect(shareOf('A', done, { nowMs: due - 1 })).toMatchObject({
      resolutionDueMs: undefined,
      resolutionSustained: false,
    })
    expect(shareOf('A', done, { nowMs: due })).toMatchObject({ resolutionDueMs: due, resolutionSustained: true })
  })

  it('counts in the window of the own due that waiting has moved', () => {
    const life = [...begun, waiting('2026-07-07 10:00'), resumed('2026-07-09 10:00'), resolved('2026-07-15 15:00')]
    expect(shareOf('A', life)).toMatchObject({ resolutionDueMs: at('2026-07-15 16:00'), resolutionSustained: true })
  })

  it('asks nothing of a unit that passed the complaint on in time', () => {
    const life = [...begun, assigned('2026-07-08 10:00', 'B', 'unit'), resolved('2026-07-10 10:00', 'B')]
    expect(shareOf('A', life)?.resolutionDueMs).toBeUndefined()
    expect(shareOf('B', life)).toMatchObject({ resolutionDueMs: due, resolutionSustained: true })
  })

  it('charges a unit that passed it on late, in the window of its own due, and the last unit for itself', () => {
    const life = [...begun, assigned('2026-07-13 10:00', 'B', 'unit'), resolved('2026-07-16 10:00', 'B')]
    expect(shareOf('A', life)).toMatchObject({ resolutionDueMs: due, resolutionSustained: false })
    expect(shareOf('B', life)).toMatchObject({ resolutionDueMs: at('2026-07-16 16:00'), resolutionSustained: true })
  })

  it('charges the unit whose closing did not last, not the one that mended it', () => {
    const life = [
      ...begun,
      resolved('2026-07-07 09:00'),
      reopened('2026-07-08 09:00'),
      assigned('2026-07-08 10:00', 'B'),
      resolved('2026-07-09 10:00', 'B'),
    ]
    expect(shareOf('A', life)).toMatchObject({ resolutionSustained: false, reopenedAtMs: [at('2026-07-08 09:00')] })
    expect(shareOf('B', life)).toMatchObject({ resolutionSustained: true, reopenedAtMs: [] })
  })

  it('asks a unit once, for the custody that failed, when it had the complaint twice', () => {
    const life = [
      ...begun,
      assigned('2026-07-13 09:00', 'B', 'unit'),
      assigned('2026-07-28 09:00', 'A'),
      resolved('2026-07-29 10:00'),
    ]
    expect(rowOf(life).custodies).toHaveLength(3)
    expect(shareOf('A', life)).toMatchObject({ resolutionDueMs: due, resolutionSustained: false })
  })

  it('asks a unit once, for the last custody, when the first did not fail', () => {
    const life = [
      ...begun,
      assigned('2026-07-07 09:00', 'B'),
      assigned('2026-07-28 09:00', 'A'),
      resolved('2026-07-29 10:00'),
    ]
    expect(shareOf('A', life)).toMatchObject({ resolutionDueMs: at('2026-07-31 16:30'), resolutionSustained: true })
  })
})

describe('what is out of S1 to S4', () => {
  const life = (...more: readonly KnownEvent[]) => [
    ...begun,
    resolved('2026-07-08 09:00'),
    audited('2026-07-20 09:00', { auditorUnitId: 'Z' }),
    rated('2026-07-20 10:00', 'A', { conduct: 4 }),
    ...more,
  ]
  const severe = [received('2026-07-06 10:00', { category: 'illegal_fee' }), ...life().slice(1)]
  const out: Partial<UnitShare> = {
    responseDueMs: undefined,
    responseOnTime: false,
    resolutionDueMs: undefined,
    resolutionSustained: false,
    backlog: [],
    audits: [],
    receivedAtMs: at('2026-07-06 10:00'),
  }

  it.each<[string, readonly KnownEvent[], number]>([
    ['what the coordinator excluded', life(excluded('2026-07-21 09:00', 'invalid')), 1],
    ['a duplicate', life(excluded('2026-07-21 09:00', 'duplicate')), 1],
    ['a suggestion', [received('2026-07-06 10:00', { kind: 'suggestion' }), ...life().slice(1)], 1],
    ['a severe case, of which nothing is rated either', severe, 0],
    [
      'a case that the verification shows to be severe',
      life(verified('2026-07-06 11:00', { category: 'discrimination' })),
      0,
    ],
  ])('%s', (_, events, ratings) => {
    const share = shareOf('A', events)
    expect(share).toMatchObject(out)
    expect(share?.ratings).toHaveLength(ratings)
    expect(rowOf(events).citizen).toMatchObject({ responseDueMs: undefined, resolutionDueMs: undefined })
  })

  it.each<[string, readonly KnownEvent[]]>([
    ['is not what a unit would like to be rid of', life(excluded('2026-07-21 09:00', 'invalid', 'unit'))],
    [
      'is not a request for information',
      [received('2026-07-06 10:00', { kind: 'information_request' }), ...life().slice(1)],
    ],
    [
      'is not what the verification shows to be no severe case',
      [...severe, verified('2026-07-06 11:00', { category: 'delay' })],
    ],
  ])('%s', (_, events) => {
    expect(shareOf('A', events)).toMatchObject({ responseDueMs: due, resolutionDueMs: due })
    expect(shareOf('A', events)?.audits).toHaveLength(1)
    expect(shareOf('A', events)?.ratings).toHaveLength(1)
  })
})

describe('S3, closures that were looked at', () => {
  const closed = [...begun, resolved('2026-07-08 09:00')]
  const closedAtMs = at('2026-07-08 09:00')

  it.each<[string, readonly KnownEvent[], UnitShare['audits']]>([
    ['what is really done is verified', [audited('2026-07-20 09:00')], [{ closedAtMs, verified: true }]],
    ['what is not is not', [audited('2026-07-20 09:00', { result: 'not_fixed' })], [{ closedAtMs, verified: false }]],
    ['a look that saw nothing never counts', [audited('2026-07-20 09:00', { result: 'unreachable' })], []],
    ['the unit’s own word never counts', [audited('2026-07-20 09:00', { auditorUnitId: 'A' })], []],
    [
      'the unit’s own word never counts, whatever unit the audit names',
      [audited('2026-07-20 09:00', { unitId: 'B', auditorUnitId: 'A' })],
      [],
    ],
    [
      'nor does the word of the unit that the audit names',
      [audited('2026-07-20 09:00', { unitId: 'B', auditorUnitId: 'B' })],
      [],
    ],
    [
      'another unit’s word counts',
      [audited('2026-07-20 09:00', { auditorUnitId: 'B' })],
      [{ closedAtMs, verified: true }],
    ],
    [
      'one audit told twice counts as last told',
      [
        audited('2026-07-20 09:00', { auditId: 'x' }),
        audited('2026-07-21 09:00', { auditId: 'x', result: 'not_fixed' }),
      ],
      [{ closedAtMs, verified: false }],
    ],
    [
      'two audits are two',
      [audited('2026-07-20 09:00'), audited('2026-07-21 09:00', { result: 'not_fixed' })],
      [
        { closedAtMs, verified: true },
        { closedAtMs, verified: false },
      ],
    ],
    [
      'a silent closure is looked at too',
      [resolved('2026-07-09 09:00', 'A', 'closed_silent'), audited('2026-07-20 09:00')],
      [{ closedAtMs: at('2026-07-09 09:00'), verified: true }],
    ],
  ])('%s', (_, events, audits) => {
    expect(shareOf('A', [...closed, ...events])?.audits).toEqual(audits)
  })

  it('counts for the unit and the time of the latest closure before the audit', () => {
    const life = [
      ...closed,
      reopened('2026-07-09 09:00'),
      assigned('2026-07-09 10:00', 'B'),
      audited('2026-07-10 09:00', { result: 'not_fixed' }),
      resolved('2026-07-13 09:00', 'B'),
      audited('2026-07-14 09:00', { auditId: 'second', unitId: 'B' }),
    ]
    expect(shareOf('A', life)?.audits).toEqual([{ closedAtMs, verified: false }])
    expect(shareOf('B', life)?.audits).toEqual([{ closedAtMs: at('2026-07-13 09:00'), verified: true }])
  })

  it('never counts where nothing had been closed', () => {
    expect(shareOf('A', [...begun, audited('2026-07-07 09:00'), resolved('2026-07-08 09:00')])?.audits).toEqual([])
  })

  it('counts for the unit that closed it, although it never had custody', () => {
    const life = [receipt, resolved('2026-07-08 09:00', 'C'), audited('2026-07-20 09:00', { unitId: 'C' })]
    expect(shareOf('C', life)).toMatchObject({ audits: [{ closedAtMs, verified: true }], resolutionDueMs: undefined })
  })
})

describe('S4, who has it', () => {
  it('knows one holder at any time, the last one for good', () => {
    const life = [
      ...begun,
      assigned('2026-07-08 10:30', 'B'),
      assigned('2026-07-09 10:30', 'A'),
      resolved('2026-07-10 10:00'),
    ]
    expect(shareOf('A', life)?.backlog).toEqual([
      { fromMs: at('2026-07-06 10:30'), toMs: at('2026-07-08 10:30'), ownDueMs: due },
      { fromMs: at('2026-07-09 10:30'), toMs: undefined, ownDueMs: due },
    ])
    expect(shareOf('B', life)?.backlog).toEqual([
      { fromMs: at('2026-07-08 10:30'), toMs: at('2026-07-09 10:30'), ownDueMs: due },
    ])
  })
})

describe('S4, an assignment to the holder', () => {
  it('begins nothing new', () => {
    expect(shareOf('A', [...begun, assigned('2026-07-08 10:30', 'A', 'unit')])).toMatchObject({
      backlog: [{ fromMs: at('2026-07-06 10:30'), toMs: undefined, ownDueMs: due }],
      forwards: [],
    })
  })
})

describe('S5 and S6, what respondents say', () => {
  it('is the mean over the elements answered, and over conduct, procedure and requirements', () => {
    const life = [...begun, rated('2026-07-20 10:00', 'A', { conduct: 4, procedure: 1, time: 3, fee: 4 })]
    expect(shareOf('A', life)?.ratings).toEqual([
      { atMs: at('2026-07-20 10:00'), satisfaction: (3 + 0 + 2 + 3) / 12, courtesy: 3 / 6 },
    ])
  })

  it('says nothing of courtesy when none of these is answered', () => {
    expect(shareOf('A', [...begun, rated('2026-07-20 10:00', 'A', { time: 2 })])?.ratings).toEqual([
      { atMs: at('2026-07-20 10:00'), satisfaction: 1 / 3, courtesy: undefined },
    ])
  })

  it('goes to the unit that was rated, which need never have had the complaint', () => {
    const life = [...begun, rated('2026-07-20 10:00', 'B', { time: 4 })]
    expect(shareOf('A', life)?.ratings).toEqual([])
    expect(shareOf('B', life)).toMatchObject({ ratings: [{ satisfaction: 1 }], receivedAtMs: undefined })
  })

  it('counts of suggestions and of the excluded too', () => {
    const suggestion = [
      received('2026-07-06 10:00', { kind: 'suggestion' }),
      rated('2026-07-20 10:00', 'A', { time: 4 }),
    ]
    expect(shareOf('A', suggestion)?.ratings).toHaveLength(1)
  })
})

describe('the receipt', () => {
  it('counts for the accountable unit', () => {
    const life = [
      received('2026-07-06 10:00', { unitId: 'C' }),
      assigned('2026-07-06 10:30', 'A'),
      assigned('2026-07-07 10:30', 'B'),
    ]
    expect(rowOf(life).shares.map(({ unitId, receivedAtMs }) => [unitId, receivedAtMs])).toEqual([
      ['A', undefined],
      ['B', at('2026-07-06 10:00')],
    ])
  })

  it('counts for the unit complained about while nobody is accountable', () => {
    expect(shareOf('C', [received('2026-07-06 10:00', { unitId: 'C' })])).toMatchObject({
      receivedAtMs: at('2026-07-06 10:00'),
      responseDueMs: undefined,
      resolutionDueMs: undefined,
    })
  })

  it('counts for no unit where none is named', () => {
    expect(rowOf([receipt]).shares.map(({ unitId }) => unitId)).toEqual([''])
  })
})

describe('S8, reopening the first resolution', () => {
  it('tells the first resolution, the own due of its unit, and whether it was reopened', () => {
    const life = [...begun, resolved('2026-07-08 09:00'), reopened('2026-07-09 09:00'), resolved('2026-07-10 09:00')]
    expect(shareOf('A', life)?.firstResolution).toEqual({
      ownDueMs: due,
      atMs: at('2026-07-08 09:00'),
      reopenedAtMs: at('2026-07-09 09:00'),
    })
  })

  it('stays with the unit that had it then', () => {
    const life = [
      ...begun,
      resolved('2026-07-08 09:00'),
      reopened('2026-07-09 09:00'),
      assigned('2026-07-09 10:00', 'B'),
    ]
    expect(shareOf('B', life)?.firstResolution).toBeUndefined()
    expect(shareOf('A', life)?.firstResolution).toBeDefined()
  })
})

describe('S9, forwards and refusals', () => {
  it.each<[string, readonly KnownEvent[], UnitShare['forwards']]>([
    ['a forward in time', [assigned('2026-07-08 10:00', 'B', 'unit')], [{ atMs: at('2026-07-08 10:00'), late: false }]],
    ['a late forward', [assigned('2026-07-10 10:00', 'B', 'unit')], [{ atMs: at('2026-07-10 10:00'), late: true }]],
    ['the coordinator’s ruling is none', [assigned('2026-07-10 10:00', 'B')], []],
    [
      'a refusal in time',
      [excluded('2026-07-08 10:00', 'not_ours', 'unit')],
      [{ atMs: at('2026-07-08 10:00'), late: false }],
    ],
    [
      'a late refusal, then a forward',
      [excluded('2026-07-10 09:00', 'not_ours', 'unit'), assigned('2026-07-10 10:00', 'B', 'unit')],
      [
        { atMs: at('2026-07-10 09:00'), late: true },
        { atMs: at('2026-07-10 10:00'), late: true },
      ],
    ],
    [
      'a forward that came back is none',
      [assigned('2026-07-08 10:00', 'B', 'unit'), assigned('2026-07-09 10:00', 'A')],
      [],
    ],
    ['an exclusion by the coordinator is no refusal', [excluded('2026-07-08 10:00', 'not_ours')], []],
  ])('%s', (_, events, forwards) => {
    expect(shareOf('A', [...begun, ...events])?.forwards).toEqual(forwards)
  })

  it('has no refusal of what nobody held', () => {
    expect(
      rowOf([received('2026-07-06 10:00', { unitId: 'C' }), excluded('2026-07-07 10:00', 'not_ours', 'unit')]).shares,
    ).toMatchObject([{ unitId: 'C', forwards: [] }])
  })
})

describe('a complaint that nobody was given', () => {
  const shares = (...events: readonly KnownEvent[]) =>
    rowOf(events).shares.map(({ unitId, receivedAtMs, unheld }) => ({
      unitId,
      counts: receivedAtMs !== undefined,
      unheld,
    }))
  const fromMs = at('2026-07-06 10:00')

  it('is with the unit complained about, or with none', () => {
    const named = received('2026-07-06 10:00', { unitId: 'A' })
    expect(shares(named)).toEqual([{ unitId: 'A', counts: true, unheld: [{ fromMs, toMs: undefined }] }])
    expect(shares(receipt)).toEqual([{ unitId: '', counts: true, unheld: [{ fromMs, toMs: undefined }] }])
    expect(rowOf([receipt]).shares[0]?.backlog).toEqual([])
  })

  it('is so until it is given to somebody, in the backlog only where it was due before', () => {
    const late = '2026-07-20 09:00'
    const unheld = [{ fromMs, toMs: at(late) }]
    expect(shares(receipt, assigned(late, 'B'))).toEqual([
      { unitId: '', counts: false, unheld },
      { unitId: 'B', counts: true, unheld: [] },
    ])
    expect(shares(receipt, assigned('2026-07-13 16:00', 'B'))).toEqual([{ unitId: 'B', counts: true, unheld: [] }])
  })

  it('is in no backlog when the coordinator has excluded it', () => {
    expect(shares(receipt, excluded('2026-07-20 09:00', 'not_ours'))).toEqual([
      { unitId: '', counts: true, unheld: [] },
    ])
  })
})

describe('the citizen’s share, which roll-ups count', () => {
  it('is judged by the complaint’s own due, whoever had it', () => {
    const life = [
      ...begun,
      assigned('2026-07-10 10:00', 'B'),
      responded('2026-07-14 09:00'),
      resolved('2026-07-15 09:00', 'B'),
    ]
    expect(shareOf('B', life)).toMatchObject({ responseOnTime: true, resolutionSustained: true })
    expect(rowOf(life).citizen).toEqual({
      responseDueMs: due,
      responseOnTime: false,
      resolutionDueMs: due,
      resolutionSustained: false,
    })
  })

  it('counts once the due has come, also where nobody ever had it', () => {
    expect(rowOf([receipt], { nowMs: due - 1 }).citizen.resolutionDueMs).toBeUndefined()
    expect(rowOf([receipt], { nowMs: due }).citizen).toMatchObject({ resolutionDueMs: due, resolutionSustained: false })
  })

  it.each<[string, readonly KnownEvent[], boolean]>([
    ['is kept by a resolution at the due', [resolved('2026-07-13 16:00')], true],
    [
      'is not kept by one a second later, which the unit’s minutes would forgive',
      [resolved('2026-07-13 16:00:01')],
      false,
    ],
    [
      'is not kept by one that was reopened',
      [resolved('2026-07-07 09:00'), reopened('2026-07-08 09:00'), resolved('2026-07-09 09:00')],
      false,
    ],
    ['is kept in silence', [resolved('2026-07-07 09:00', 'A', 'closed_silent')], true],
    [
      'is kept by a first closing that a second resolution confirms',
      [resolved('2026-07-07 09:00'), resolved('2026-07-20 09:00')],
      true,
    ],
  ])('%s', (_, events, resolutionSustained) => {
    expect(rowOf([...begun, ...events]).citizen.resolutionSustained).toBe(resolutionSustained)
  })
})
