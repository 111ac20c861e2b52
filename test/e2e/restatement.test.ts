import { addDays, isoWeekday } from '@bina/domain/plain-date'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { unit, withdrawn } from '../harness/plain-events.ts'

const unitId = '16.71.05.1003'
const people = Array.from({ length: 12 }, (_, at) => `person_${String(at).padStart(2, '0')}`)
const week = '2026-06-08'

// Friday evening: the week of 8 June becomes final on Monday.
let nowMs = Date.parse('2026-06-26T18:00:00+07:00')
let city: TestCity

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
  })
})

afterAll(() => city?.stop())

function punch(personKey: string, workDate: string, kind: 'in' | 'out', clock: string): EventToPublish {
  return {
    source: 'urn:test:city',
    id: `${personKey} ${workDate} ${kind} ${clock}`,
    type: 'bina.attendance.recorded.v1',
    subject: unitId,
    time: `${workDate}T${clock}:00+07:00`,
    data: { unitId, personKey, workDate, kind, method: 'device' },
  }
}

const restatements = () =>
  city.rows<{ week: string; moved: number; cause: string }>(
    `SELECT toString(r.week) AS week, round(new_value - old_value) AS moved, cause
     FROM score_restatement AS r WHERE score = 'discipline' ORDER BY at, r.week`,
  )
const scoreNow = async () =>
  (
    await city.rows<{ value: number; status: string }>(
      `SELECT value, status FROM unit_week_score AS s WHERE score = 'discipline' AND s.week = {week: Date}`,
      { week },
    )
  )[0]

it('lists a final score that late events move by 2 points or more, with its cause, and nothing else', async () => {
  const dates: string[] = []
  for (let date = '2026-06-08'; date <= '2026-06-26'; date = addDays(date, 1))
    if (isoWeekday(date) <= 5) dates.push(date)
  const unrecorded = '2026-06-09'
  await city.publish([
    unit('unit', unitId),
    ...dates
      .filter((date) => date !== unrecorded)
      .flatMap((date) =>
        people.flatMap((person) => [punch(person, date, 'in', '07:20'), punch(person, date, 'out', '16:45')]),
      ),
  ])
  await city.settled()
  expect(await scoreNow()).toMatchObject({ status: 'provisional' })
  expect(await restatements()).toEqual([])

  nowMs = Date.parse('2026-06-29T05:00:00+07:00')
  await expect.poll(scoreNow, { timeout: 60_000 }).toMatchObject({ status: 'final' })
  const stood = (await scoreNow())?.value ?? 0

  // One late person among twelve moves little.
  await city.publish([punch('person_00', unrecorded, 'in', '07:20'), punch('person_00', unrecorded, 'out', '16:45')])
  await city.settled()
  expect((await scoreNow())?.value).not.toBe(stood)
  expect(await restatements()).toEqual([])

  const late = people.map((person) => punch(person, unrecorded, 'in', '09:55'))
  await city.publish(late)
  await city.settled()
  const moved = Math.round(((await scoreNow())?.value ?? 0) - stood)
  const first = await restatements()
  expect(first.filter((row) => row.week === week)).toEqual([{ week, moved, cause: 'late event' }])

  // The same once more changes nothing.
  await city.publish(late)
  await city.settled()
  expect(await restatements()).toEqual(first)

  await city.publish(late.map(({ id }) => withdrawn(`no ${id}`, id)))
  await city.settled()
  expect((await restatements()).filter((row) => row.week === week).map(({ cause }) => cause)).toEqual([
    'late event',
    'withdrawal',
  ])
})
