import { tmpdir } from 'node:os'
import { addDays, isoWeekday } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../../../../test/harness/city.ts'
import {
  attendanceOf,
  bukitLama,
  complaintsOf,
  directoryOf,
  ilirBarat,
  pasarCinde,
  rosterFrom,
  week,
} from '../../../../test/harness/four-offices.ts'
import { explain } from '../commands/explain.ts'
import { trace } from '../commands/trace.ts'
import type { CommandContext } from '../context.ts'
import { runCommand } from '../test-command.ts'
import type { Explanation } from './explanation.ts'

const nowMs = Date.parse('2026-06-15T08:00:00+07:00')
/** Enough people that a day of theirs is nobody's own; the market has fewer. */
const kelurahan = { ...bukitLama, staff: 6 }
const quiet = { ...bukitLama, id: '16.71.05.1004', name: 'Bukit Baru', staff: 0 }
let city: TestCity

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
  const workingDays = Array.from({ length: 28 }, (_, at) => addDays(rosterFrom, at)).filter(
    (date) => isoWeekday(date) <= 5 && city.calendar.shiftOn('office_5d', date) !== undefined,
  )
  const drafts = [
    ...[kelurahan, pasarCinde].flatMap((office) => [
      ...directoryOf(office),
      ...attendanceOf(office, workingDays),
      ...complaintsOf(office),
    ]),
    ...directoryOf(quiet),
  ]
  await city.publish(
    drafts.map((draft, at) => ({ ...draft, source: 'urn:test:offices', id: `e-${at}` }) as EventToPublish),
  )
  await city.settled()
})
afterAll(() => city?.stop())

const run = async (unitId: string, named: string, all = false) => {
  const { answer, ...rest } = await command((context) => explain(context, { unitId, week: named, all }))
  return { ...rest, answer: answer as Explanation }
}

const command = (work: (context: CommandContext) => Promise<void>) =>
  runCommand(city, work, { BINA_DATA_DIR: tmpdir() })

const coaching = (id: string, type: string, time: string, data: object) =>
  ({
    source: 'urn:test:coaching',
    id,
    type: `bina.coaching.${type}.v1`,
    subject: bukitLama.id,
    time,
    data: { unitId: bukitLama.id, ...data },
  }) as EventToPublish

describe('bina trace of a coaching event', () => {
  it('tells the item and the figures that count it, of the unit and of its coach', async () => {
    const session = { coachingId: 'coaching-1', coachUnitId: ilirBarat.id, topicCode: 'queue' }
    await city.publish([
      ...directoryOf({ ...ilirBarat, staff: 0 }).map(
        (draft) => ({ ...draft, source: 'urn:test:coaching', id: 'unit-1' }) as EventToPublish,
      ),
      coaching('planned-1', 'planned', '2026-06-01T09:00:00+07:00', { ...session, plannedOn: '2026-06-09' }),
      coaching('held-1', 'held', '2026-06-09T10:00:00+07:00', session),
      coaching('facility-1', 'facility-inspected', '2026-06-10T10:00:00+07:00', {
        inspectionId: 'inspection-1',
        itemsChecked: 12,
        itemsInOrder: 9,
        misuse: false,
      }),
    ])
    await city.settled()
    const held = await command((context) => trace(context, { source: 'urn:test:coaching', id: 'held-1' }))
    expect(held.error).toBeUndefined()
    expect(held.said).toContain(
      `The session coaching-1 of ${bukitLama.id} (Bukit Lama), coached by ${ilirBarat.id}: planned for 2026-06-09, held 2026-06-09 10:00:00.`,
    )
    expect(held.said).toContain(`In ${bukitLama.id} it counts as held in K1 (2026-W24).`)
    expect(held.said).toContain(`In ${ilirBarat.id} it counts as held in K1 (2026-W24).`)
    expect(held.said).toMatch(/2026-W24 +1\/1/)
    const inspected = await command((context) => trace(context, { source: 'urn:test:coaching', id: 'facility-1' }))
    expect(inspected.said).toContain('9 of 12 things in order in S14 (2026-W24)')
  })
})

describe('bina score explain', () => {
  it('comes to exactly what is stored, of every unit and score', async () => {
    for (const { id } of [bukitLama, pasarCinde]) {
      const { answer, error } = await run(id, '2026-W24')
      expect(error).toBeUndefined()
      expect(answer.scores.map(({ agreement }) => agreement)).toEqual(['same', 'same'])
      const stored = await city.rows<{ measure: string; window: string; numerator: number; denominator: number }>(
        `SELECT measure, window, numerator, denominator FROM unit_week_measure AS m
         WHERE unit_id = {id: String} AND m.week = {week: Date} AND scope = 'own'`,
        { id, week },
      )
      for (const { measure, window, numerator, denominator } of answer.scores.flatMap(({ terms }) =>
        terms.flatMap(({ measures }) => measures),
      )) {
        const row = stored.find((one) => one.measure === measure && one.window === window)
        expect([measure, numerator, denominator]).toEqual([measure, row?.numerator ?? 0, row?.denominator ?? 0])
      }
    }
  })

  it('lists the complaints behind each measure so that they add up to it, with the events of each', async () => {
    const { answer } = await run(bukitLama.id, week)
    const measures = answer.scores.flatMap(({ terms }) => terms.flatMap((term) => term.measures))
    for (const name of ['S1', 'S2', 'S4'] as const) {
      const counted = answer.complaints.flatMap((one) => one.counted.filter(({ measure }) => measure === name))
      const measure = measures.find((one) => one.measure === name)
      expect([name, counted.reduce((sum, one) => sum + one.numerator, 0), counted.length]).toEqual([
        name,
        measure?.numerator,
        measure?.denominator,
      ])
    }
    expect(answer.complaints).toHaveLength(bukitLama.due)
    for (const { events } of answer.complaints)
      expect(events.map(({ type }) => type)).toEqual([
        'bina.complaint.received.v1',
        'bina.complaint.assigned.v1',
        'bina.resolution.resolved.v1',
      ])
  })

  it('tells days by what became of them, with every event behind them and nobody in them', async () => {
    const { answer, said } = await run(bukitLama.id, week, true)
    const { attendance } = answer
    const a1 = answer.scores[0]?.terms[0]?.measures[0]
    const present = attendance.days.filter(({ status }) => status === 'present')
    expect(present.reduce((sum, { personDays }) => sum + personDays, 0)).toBe(a1?.numerator)
    expect(attendance.persons).toBe(kelurahan.staff)
    const clocked = await city.rows<{ events: number }>(
      `SELECT toUInt32(count()) AS events FROM events WHERE unit_id = {id: String} AND type = 'bina.attendance.recorded.v1'`,
      { id: bukitLama.id },
    )
    expect(attendance.events).toHaveLength(clocked[0]?.events ?? 0)
    const [{ keys } = { keys: [] }] = await city.rows<{ keys: string[] }>(
      'SELECT groupUniqArray(person_key) AS keys FROM person_day',
    )
    expect(keys.length).toBeGreaterThan(0)
    const everything = said + JSON.stringify(answer)
    expect(keys.filter((key) => everything.includes(key))).toEqual([])
    expect(said).toMatch(/2026-06-08 {2}urn:test:offices e-\d+/)
  })

  it("tells no day of an office so small that it would be somebody's own", async () => {
    const { answer, said } = await run(pasarCinde.id, week, true)
    expect(answer.attendance).toMatchObject({ persons: pasarCinde.staff, days: [], events: [] })
    expect(answer.scores[0]?.terms[0]?.measures[0]?.denominator).toBeGreaterThan(0)
    expect(said).toContain('Fewer than 5 people stand behind A1 to A3')
  })

  it('explains a unit of which nothing is known yet by what was known before', async () => {
    const { answer, error, said } = await run(quiet.id, week)
    expect(error).toBeUndefined()
    expect(answer.scores.map(({ agreement, judged }) => [agreement, judged.band])).toEqual([
      ['no_facts', 'not_enough_data'],
      ['no_facts', 'not_enough_data'],
    ])
    expect(said).toContain('40 more person-days are wanted: 0 of 40 in R4.')
  })

  it('says so when the stored row is not what its counts come to', async () => {
    await city.clickhouse.command({
      query: `INSERT INTO unit_week_score_store SELECT * REPLACE (lower80 + 1 AS lower80, now64(6) AS as_of)
              FROM unit_week_score_store FINAL WHERE unit_id = {id: String} AND week = {week: Date} AND score = 'service'`,
      query_params: { id: pasarCinde.id, week },
    })
    const { answer, said } = await run(pasarCinde.id, week)
    expect(answer.scores.map(({ agreement }) => agreement)).toEqual(['same', 'differs'])
    expect(said).toContain('which is not what its counts come to')
  })

  it('answers a wrong unit with those that are near, and a wrong week with what a week looks like', async () => {
    expect((await run('Bukit Lamo', week)).error).toMatchObject({
      exitCode: 1,
      code: 'unknown_unit',
      hint: 'Did you mean 16.71.05.1003 (Bukit Lama)?',
    })
    expect((await run(bukitLama.id, '2026-W60')).error).toMatchObject({ code: 'week_format' })
    expect((await run(bukitLama.id, '2126-W01')).error).toMatchObject({ exitCode: 2 })
  })
})
