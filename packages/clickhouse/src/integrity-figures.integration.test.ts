import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createIntegrityFigures } from './integrity-figures.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const week = '2026-07-06'
const version = "'2026-07-13 00:00:00'"

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop())

const command = (query: string) => client.command({ query })
const figures = () => createIntegrityFigures(client, { zone: 'Asia/Jakarta' })

it('severe cases are told while they are open, and in the week in which they came, by their ids', async () => {
  const severe = (id: string, received: string, state: string, flag = 1) =>
    `('${id}', 'illegal_fee', '${received}', '${state}', ${flag}, ${version})`
  await command(`INSERT INTO complaint_store (complaint_id, category, received_at, state, severe, version) VALUES
    ${severe('old-open', '2025-01-06 01:00:00', 'open')}, ${severe('new-excluded', '2026-07-07 01:00:00', 'excluded')},
    ${severe('new-open', '2026-07-08 01:00:00', 'waiting')}, ${severe('old-closed', '2026-06-01 01:00:00', 'resolved')},
    ${severe('not-severe', '2026-07-07 01:00:00', 'open', 0)}`)
  expect(await figures().severeCases(week)).toEqual([
    {
      complaintId: 'old-open',
      category: 'illegal_fee',
      receivedAtMs: Date.parse('2025-01-06T01:00:00Z'),
      isOpen: true,
    },
    {
      ...{ complaintId: 'new-excluded', category: 'illegal_fee' },
      ...{ receivedAtMs: Date.parse('2026-07-07T01:00:00Z'), isOpen: false },
    },
    {
      complaintId: 'new-open',
      category: 'illegal_fee',
      receivedAtMs: Date.parse('2026-07-08T01:00:00Z'),
      isOpen: true,
    },
  ])
})

it('draws, findings, dead letters and silent sources are those of the week', async () => {
  await command(`INSERT INTO spot_check_draw_store (draw_id, week, block, units, slots, commitment, frame_hash, committed_at, seed, published)
    VALUES ('d-1', '${week}', 3, 185, 60, 'c0ffee', 'f', ${version}, 's33d', '{}'), ('d-2', '2026-07-13', 3, 185, 60, 'c', 'f', ${version}, '', '{}')`)
  expect(await figures().draws(week)).toEqual([{ drawId: 'd-1', week, slots: 60, commitment: 'c0ffee', seed: 's33d' }])

  await command(`INSERT INTO person_day_store (unit_id, work_date, person_key, findings, version) VALUES
    ('A', '2026-07-07', 'p-1', ['impossible_hours'], ${version}), ('B', '2026-07-12', 'p-2', ['impossible_hours', 'clock_out_without_in'], ${version}),
    ('B', '2026-07-13', 'p-2', ['impossible_hours'], ${version})`)
  expect(await figures().dataQuality(week)).toEqual([
    { kind: 'clock_out_without_in', count: 1 },
    { kind: 'impossible_hours', count: 2 },
  ])

  // Monday 00:30 of the city is Sunday by the server.
  await command(`INSERT INTO dead_letter_store (topic, partition, offset, at, reason) VALUES
    ('t', 0, 1, '2026-07-05 16:59:59', 'not_json'), ('t', 0, 2, '2026-07-05 17:30:00', 'not_json'),
    ('t', 0, 3, '2026-07-12 16:59:59', 'not_json'), ('t', 0, 4, '2026-07-12 16:59:59', 'too_large'), ('t', 0, 5, '2026-07-12 17:00:00', 'not_json')`)
  expect(await figures().deadLetters(week)).toEqual([
    { reason: 'not_json', count: 2 },
    { reason: 'too_large', count: 1 },
  ])

  await command(`INSERT INTO source_silence_store (source, topic, day, version) VALUES ('urn:hr', 't', '2026-07-08', ${version}),
    ('urn:hr', 't', '2026-07-09', ${version}), ('urn:lapor', 't', '2026-07-13', ${version})`)
  expect(await figures().silentSources(week)).toEqual(['urn:hr'])
})

it('signals are those that may be listed over all units', async () => {
  const signal = (unit: string, measure: string, p: number, of = week) =>
    `('${unit}', '${measure}', '${of}', 'p_prime', 'beyond', 'none', ${p}, ${version})`
  await command(`INSERT INTO unit_week_signal_store (unit_id, measure, week, chart, rule, direction, p_value, as_of) VALUES
    ${signal('A', 'B1', 0.001)}, ${signal('B', 'B1', 0.2)}, ${signal('C', 'S2', 0.001)}, ${signal('A', 'S8', 0.001, '2026-06-29')}`)
  expect(await figures().listedSignals(week, ['B1', 'S8'])).toEqual([{ unitId: 'A', measure: 'B1', rule: 'beyond' }])
})
