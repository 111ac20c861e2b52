import { freshNames } from '@bina/testkit/test-city'
import { expect, inject, it } from 'vitest'
import { connectClickHouse } from './connect.ts'
import { fittingCounts } from './fitting-counts.ts'
import { migrate } from './migrate.ts'

it('priors are fitted to twelve weeks of attendance and thirteen of service, by the type that a unit has then', async () => {
  const { database } = freshNames()
  const settings = {
    url: `${inject('clickhouseUrl')}/${database}`,
    user: 'default',
    password: '',
    application: 'bina-test',
  }
  await migrate(settings, { zone: 'Asia/Jakarta' })
  const client = connectClickHouse(settings)
  try {
    const version = '2026-11-24 00:00:00.000000'
    await client.command({
      query: `INSERT INTO unit_version (unit_id, valid_from, valid_to, unit_type, version) VALUES
        ('A', '2020-01-01', NULL, 'opd', '${version}'), ('A', '2026-01-01', NULL, 'kelurahan', '${version}'),
        ('A', '2026-10-05', NULL, 'upt', '${version}'), ('gone', '2020-01-01', '2026-09-20', 'upt', '${version}')`,
    })
    const row = (unit: string, week: string, measure: string, window: string, n: number) =>
      `('${unit}', 'own', '${week}', '${measure}', '${window}', ${n}, ${10 * n}, 0, 0, 0, 'v1', '${version}', 0)`
    const weeks = ['2026-09-28', '2026-09-21', '2026-08-31', '2026-08-03', '2026-07-06']
    await client.command({
      query: `INSERT INTO unit_week_measure_store VALUES ${[
        ...weeks.map((week, at) => row('A', week, 'A1', 'R4', 10 ** at)),
        row('A', '2026-09-28', 'A1', 'W1', 7),
        row('A', '2026-09-28', 'S1', 'R13', 3),
        row('A', '2026-09-28', 'S1', 'R26', 4),
        row('A', '2026-09-21', 'S1', 'R13', 5),
        row('A', '2026-09-28', 'S4', 'R52', 6),
        row('gone', '2026-09-28', 'S1', 'R13', 3),
        row('unknown', '2026-09-28', 'S1', 'R13', 3),
      ].join(', ')}`,
    })
    expect(await fittingCounts(client, '2026-09-28')).toEqual([
      { unitType: 'kelurahan', measure: 'A1', numerator: 1101, denominator: 11010 },
      { unitType: 'kelurahan', measure: 'S1', numerator: 3, denominator: 30 },
      { unitType: 'kelurahan', measure: 'S4', numerator: 6, denominator: 60 },
    ])
  } finally {
    await client.command({ query: `DROP DATABASE ${database}` })
    await client.close()
  }
})
