import { expect, inject, it } from 'vitest'
import { fittingCounts, fittingPersonSums } from './fitting-counts.ts'
import { createTestDatabase } from './test-database.ts'

it('priors are fitted to twelve weeks of attendance and thirteen of service, by the type that a unit has then', async () => {
  const { client, drop } = await createTestDatabase(inject('clickhouseUrl'))
  try {
    const version = '2026-11-24 00:00:00.000000'
    await client.command({
      query: `INSERT INTO unit_version (unit_id, valid_from, valid_to, unit_type, version) VALUES
        ('A', '2020-01-01', NULL, 'opd', '${version}'), ('A', '2026-01-01', NULL, 'kelurahan', '${version}'),
        ('A', '2026-10-05', NULL, 'upt', '${version}'), ('gone', '2020-01-01', '2026-09-20', 'upt', '${version}')`,
    })
    const row = (unit: string, week: string, figures: readonly (readonly [string, string, number])[]) => {
      const list = (values: readonly (string | number)[]) => `[${values.join(', ')}]`
      const names = list(figures.map(([measure]) => `'${measure}'`))
      const windows = list(figures.map(([, window]) => `'${window}'`))
      const numerators = list(figures.map(([, , n]) => n))
      const denominators = list(figures.map(([, , n]) => 10 * n))
      const zeros = list(figures.map(() => 0))
      return `('${unit}', 'own', '${week}', ${names}, ${windows}, ${numerators}, ${denominators}, ${zeros}, ${zeros}, ${zeros}, 'v1', '${version}', 0)`
    }
    await client.command({
      query: `INSERT INTO unit_week_figures_store VALUES ${[
        row('A', '2026-09-28', [
          ['A1', 'R4', 1],
          ['A1', 'W1', 7],
          ['S1', 'R13', 3],
          ['S1', 'R26', 4],
          ['S4', 'R52', 6],
        ]),
        row('A', '2026-09-21', [
          ['A1', 'R4', 10],
          ['S1', 'R13', 5],
        ]),
        row('A', '2026-08-31', [['A1', 'R4', 100]]),
        row('A', '2026-08-03', [['A1', 'R4', 1_000]]),
        row('A', '2026-07-06', [['A1', 'R4', 10_000]]),
        row('gone', '2026-09-28', [['S1', 'R13', 3]]),
        row('unknown', '2026-09-28', [['S1', 'R13', 3]]),
      ].join(', ')}`,
    })
    expect(await fittingCounts(client, '2026-09-28')).toEqual([
      { unitType: 'kelurahan', measure: 'A1', numerator: 1101, denominator: 11010 },
      { unitType: 'kelurahan', measure: 'S1', numerator: 3, denominator: 30 },
      { unitType: 'kelurahan', measure: 'S4', numerator: 6, denominator: 60 },
    ])
  } finally {
    await drop()
  }
})

it('likeness of days is fitted to sums over the people of each scored unit, over twelve weeks', async () => {
  const { client, drop } = await createTestDatabase(inject('clickhouseUrl'))
  try {
    const version = '2026-11-24 00:00:00.000000'
    await client.command({
      query: `INSERT INTO unit_version (unit_id, valid_from, unit_type, version) VALUES
        ('A', '2026-01-01', 'kelurahan', '${version}'), ('office', '2026-01-01', 'opd', '${version}')`,
    })
    const day = (unit: string, person: string, date: string, status: string, onTime: 0 | 1) =>
      `('${unit}', '${date}', '${person}', '${status}', ${onTime}, ${onTime}, 1, '${version}')`
    await client.command({
      query: `INSERT INTO person_day_store (unit_id, work_date, person_key, status, on_time, full_day, heard, version) VALUES ${[
        day('A', 'p1', '2026-09-28', 'present', 1),
        day('A', 'p1', '2026-07-13', 'present', 1),
        day('A', 'p1', '2026-10-04', 'unexcused', 0),
        day('A', 'p2', '2026-09-29', 'present', 0),
        day('A', 'p2', '2026-09-30', 'excused_leave', 0),
        day('A', 'p2', '2026-07-12', 'present', 1),
        day('A', 'p2', '2026-10-05', 'present', 1),
        day('office', 'p3', '2026-09-29', 'present', 1),
      ].join(', ')}`,
    })
    const of = (measure: string, successes: number, squaredSuccessesByDays: number) => ({
      unitType: 'kelurahan',
      measure,
      persons: 2,
      days: 4,
      successes,
      squaredDays: 10,
      squaredSuccessesByDays: expect.closeTo(squaredSuccessesByDays, 9),
    })
    expect(await fittingPersonSums(client, '2026-09-28')).toEqual([
      of('A1', 3, 4 / 3 + 1),
      of('A2', 2, 4 / 3),
      of('A3', 2, 4 / 3),
    ])
  } finally {
    await drop()
  }
})
