import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createFinalScores } from './final-scores.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
})

afterAll(() => testDatabase?.drop())

const at = (minute: number) => `2026-07-01 10:${String(minute).padStart(2, '0')}:00`

interface Message {
  readonly id: string
  readonly entity: string
  readonly minute: number
  readonly supersedes?: string
  readonly withdraws?: string
}

it('what came in for a unit since its score stood is told by what it was: taken back, corrected or of the directory', async () => {
  const { client } = testDatabase
  const days = ['2026-06-01', '2026-06-02', '2026-06-03', '2026-06-04', '2026-06-05']
  const person = (unitId: string) => `person of ${unitId}`
  const rowsOf = (unitId: string) =>
    days.map((work_date, minute) => ({
      unit_id: unitId,
      work_date,
      person_key: person(unitId),
      version: at(20 + minute),
    }))
  // Of the fifth day nothing is folded since.
  await client.insert({
    table: 'person_day_store',
    values: [...rowsOf('A'), ...rowsOf('B')].map((row) =>
      row.work_date === '2026-06-05' ? { ...row, version: at(1) } : row,
    ),
    format: 'JSONEachRow',
  })
  await client.insert({
    table: 'unit_complaint_store',
    values: [{ unit_id: 'A', complaint_id: 'c1', version: at(30) }],
    format: 'JSONEachRow',
  })
  const dayOf = (unitId: string, day: number) => `day|${person(unitId)}|${days[day]}`
  const messages: readonly Message[] = [
    ...['A', 'B'].flatMap((unitId): Message[] => [
      ...days.map((_, day) => ({ id: `${unitId}${day}`, entity: dayOf(unitId, day), minute: 1 })),
      { id: `late of ${unitId}`, entity: dayOf(unitId, 3), minute: 15 },
      { id: `no ${unitId}0`, entity: 'withdrawal', minute: 15, withdraws: `${unitId}0` },
      { id: `not ${unitId}1`, entity: dayOf(unitId, 2), minute: 15, supersedes: `${unitId}1` },
      { id: `no ${unitId}4`, entity: 'withdrawal', minute: 15, withdraws: `${unitId}4` },
    ]),
    { id: 'staff', entity: `staff|${person('A')}`, minute: 1 },
    { id: 'moved', entity: `staff|${person('A')}`, minute: 16 },
    { id: 'told', entity: 'complaint|c1', minute: 1 },
    { id: 'told again', entity: 'complaint|c1', minute: 17, supersedes: 'told' },
    { id: 'entry', entity: 'unit|A', minute: 18 },
  ]
  await client.insert({
    table: 'ingest',
    values: messages.map(({ minute, ...message }, offset) => ({
      ...{ topic: 'events', partition: 0, offset, outcome: 'event', source: 'urn:test', record_at: at(minute) },
      ...message,
    })),
    format: 'JSONEachRow',
  })
  const toldSince = async (minutes: Readonly<Record<string, number>>) => {
    const sinces = new Map(Object.entries(minutes).map(([unitId, minute]) => [unitId, `${at(minute)}.000000`]))
    const arrivals = await createFinalScores(client).arrivals(sinces)
    return arrivals
      .map(({ unitId, of, date, kind, at }) => [unitId, of, date, kind, at.slice(11, 16)].join(' ').trim())
      .sort()
  }
  // Unit B's score stood when all of this had come in.
  expect(await toldSince({ A: 10, B: 15 })).toEqual([
    'A complaint  correction 10:17',
    'A day 2026-06-01 withdrawal 10:15',
    'A day 2026-06-02 correction 10:15',
    'A day 2026-06-03 correction 10:15',
    'A directory  late event 10:18',
  ])
  expect(await toldSince({ A: 17 })).toEqual(['A directory  late event 10:18'])
  expect(await toldSince({ A: 16, B: 18 })).toEqual(['A complaint  correction 10:17', 'A directory  late event 10:18'])
  expect(await toldSince({ A: 18 })).toEqual([])
  expect(await toldSince({})).toEqual([])
})
