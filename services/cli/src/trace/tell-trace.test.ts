import { describe, expect, it } from 'vitest'
import { tellTrace } from './tell-trace.ts'
import type { Moved, Trace } from './trace-result.ts'

const zone = 'Asia/Jakarta'
const nowMs = Date.parse('2026-11-25T12:00:00+07:00')
const city = { zone, nowMs }
const occurredAtMs = Date.parse('2026-11-09T07:25:00+07:00')

const stored: Trace = {
  source: 'urn:s',
  id: 'e-1',
  fate: 'stored',
  behind: { sink: 0, backfill: 0, fold: 0, judge: 0 },
  event: {
    topic: 'bina.attendance.v1',
    partition: 2,
    offset: 17,
    type: 'bina.attendance.recorded.v1',
    subject: 'upt:a',
    unitId: 'upt:a',
    entity: 'day|person_0001|2026-11-09',
    supersedes: '',
    withdraws: '',
    occurredAtMs,
    recordAtMs: occurredAtMs + 500,
    ingestedAtMs: occurredAtMs + 500,
    storedAtMs: occurredAtMs + 900,
  },
  others: [],
  revisers: [],
  names: [],
  letters: [],
  sought: undefined,
  moved: [],
}
const told = (trace: Partial<Trace>) => tellTrace({ ...stored, ...trace }, city).join('\n')
const day = (more: Partial<Extract<Moved, { what: 'person_day' }>>): Moved => ({
  what: 'person_day',
  workDate: '2026-11-09',
  row: undefined,
  units: [],
  ...more,
})

describe('a trace in words', () => {
  it("says when it was stored, in the city's time, how long that took, and from where", () => {
    expect(told({})).toContain(
      'Stored      2026-11-09 07:25:00, 0.4 s after Kafka had it, from bina.attendance.v1 partition 2 offset 17',
    )
    expect(told({})).toContain('Counts      nothing takes it back')
  })

  it('counts repeats, names the first places, and says which message does not count', () => {
    const others = [1, 2, 3, 4, 5].map((offset) => ({ topic: 't', partition: 0, offset, sameContent: offset < 5 }))
    expect(told({ others })).toContain(
      'by 4 more messages, counted once: t partition 0 offset 1, t partition 0 offset 2, t partition 0 offset 3, and 1 more',
    )
    expect(told({ others })).toContain('Conflict    t partition 0 offset 5 says something else')
  })

  it('says that an event which waits behind others may be on its way', () => {
    const sought = { source: { events: 0, latestMs: null }, likelySources: ['urn:t'] }
    const text = told({
      fate: 'not_arrived',
      event: undefined,
      sought,
      behind: { sink: 12, backfill: 900, fold: 0, judge: 0 },
    })
    expect(text).toContain('the sink has 12 messages to go')
    expect(text).toContain('900 messages of history wait in their lane')
    expect(text).toContain('Is it one of these? urn:t')
  })

  it('says of figures that are being worked out that they may still move', () => {
    expect(told({ behind: { sink: 0, backfill: 0, fold: 3, judge: 1 } })).toContain(
      'Under way   0 to store, 3 to fold, 1 to judge',
    )
  })

  it('says why there is no person-day: it has not ended, it is not worked out yet, or nothing speaks for it', () => {
    expect(told({ moved: [day({ workDate: '2026-11-25' })] })).toContain(
      'once the day has ended in the city: from 2026-11-26 00:00:00 on',
    )
    expect(told({ moved: [day({})], behind: { sink: 0, backfill: 0, fold: 1, judge: 0 } })).toContain(
      'is not worked out yet',
    )
    expect(told({ moved: [day({})] })).toContain('nothing that stands says that this person was to work that day')
  })

  const row = {
    unitId: 'upt:a',
    status: 'present',
    lateMinutes: 12,
    earlyMinutes: 0,
    lateClass: 'TL1',
    earlyClass: '',
    madeUp: 1,
    retroactive: 0,
  }
  const measure = {
    measure: 'A2',
    window: 'R4',
    numerator: 3,
    denominator: 4,
    estimate: 0.7,
    lower80: 0.6,
    upper80: 0.8,
  }
  const weeks = (count: number) =>
    Array.from({ length: count }, (_, at) => new Date(Date.UTC(2026, 7, 31 + 7 * at)).toISOString().slice(0, 10))
  const unit = {
    unitId: 'upt:a',
    known: { name: 'Library', unitType: 'upt' },
    score: 'discipline' as const,
    facts: [
      { unitId: 'upt:a', measure: 'A2', week: '2026-11-09', seenFrom: '2026-11-09', numerator: 0, denominator: 1 },
    ],
    measures: [{ ...measure, week: '2026-11-09' }],
    scores: [
      { week: '2026-11-09', value: null, lower80: 1, upper80: 2, band: 'not_enough_data', status: 'provisional' },
    ],
  }

  it('tells the day, how it counts, and the figures as they stand, in counts', () => {
    const text = told({ moved: [day({ row, units: [unit] })] })
    expect(text).toContain('The person-day of 2026-11-09 in upt:a (Library): present, 12 minutes late (TL1, made up).')
    expect(text).toContain('In upt:a it counts as no success in A2 (2026-W46).')
    expect(text).toMatch(/2026-W46\s+3\/4\s+not enough data, provisional/)
    expect(text).not.toMatch(/%|person_0001/)
  })

  it('tells of many weeks the first and the last ones', () => {
    const many = weeks(13)
    const text = told({
      moved: [day({ row, units: [{ ...unit, measures: many.map((week) => ({ ...measure, week })) }] })],
    })
    expect(text).toContain('... 7 weeks between; all of them with --json')
    expect(text).toContain('2026-W36')
    expect(text).toContain('2026-W48')
    expect(text).not.toContain('2026-W40')
  })

  it('says of a unit that the directory does not know that it counts once it does', () => {
    expect(told({ moved: [day({ row, units: [{ ...unit, known: undefined }] })] })).toContain(
      'counts once the directory does',
    )
  })

  it('lets no stranger move the cursor of the terminal', () => {
    const text = told({ id: 'e\u001b[2J', names: [{ does: 'supersedes', id: '\u202e', arrived: false }] })
    expect(text).toContain('e\\u{1b}[2J')
    expect(text).toContain('\\u{202e}')
    expect(text).not.toContain('\u001b')
  })
})
