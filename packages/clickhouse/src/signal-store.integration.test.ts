import { addDays } from '@bina/domain/plain-date'
import { createJudgeSignals } from '@bina/pipeline/score/judge-signals'
import { loadPolicy } from '@bina/runtime/load-policy'
import { CITY_FALSE_DISCOVERY, falseDiscoveryCut } from '@bina/scoring/charts/false-discovery'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { insertRows } from './insert-rows.ts'
import { selectRows } from './select-rows.ts'
import { createSignalStore } from './signal-store.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const weeks = Array.from({ length: 30 }, (_, at) => addDays('2026-01-05', 7 * at))
const units = Array.from({ length: 20 }, (_, at) => `16.71.05.${1001 + at}`)
const story = units[3] ?? ''

let testDatabase: TestDatabase
let client: ClickHouseClient
let tick = 0

/** 47 to 52 of 60 in time each week; in one unit 30 of 60 in the last three. */
const inTime = (unit: number, at: number) => (unit === 3 && at >= 27 ? 30 : 47 + ((unit * 7 + at * 11) % 6))
const stamp = () => `2026-11-24 00:00:00.${String(++tick).padStart(6, '0')}`

const write = (rows: readonly { unit: string; week: string; numerator: number; isGone?: boolean }[]) =>
  insertRows(
    client,
    'unit_week_figures_store',
    rows.map(({ unit, week, numerator, isGone = false }) => ({
      unit_id: unit,
      scope: 'own',
      week,
      'figure.measure': ['A2'],
      'figure.window': ['W1'],
      'figure.numerator': [numerator],
      'figure.denominator': [60],
      'figure.estimate': [0],
      'figure.lower80': [0],
      'figure.upper80': [0],
      as_of: stamp(),
      is_deleted: isGone ? 1 : 0,
    })),
  )

const signals = (where = '1') =>
  selectRows<{
    unit_id: string
    week: string
    rule: string
    direction: string
    p_value: number | null
    phase: string
    city_listed: number
    lower_limit: number
  }>(client, `SELECT * EXCEPT as_of FROM unit_week_signal WHERE ${where} ORDER BY unit_id, week`)

const judge = async (
  unitIds: readonly string[],
  fromWeek: string,
  toWeek: string,
  { known = unitIds, currentWeek = addDays(weeks.at(-1) ?? '', 7) } = {},
) => {
  const policy = await loadPolicy('policy')
  const judgeSignals = createJudgeSignals(
    { policyVersion: policy.version },
    { store: createSignalStore(client, { zone: 'Asia/Jakarta' }), policy: policy.scoring, rebasing: policy.rebasing },
  )
  await judgeSignals({ unitIds, known: new Set(known), fromWeek, toWeek, currentWeek, readAt: stamp() })
}

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
  await write(units.flatMap((unit, i) => weeks.map((week, at) => ({ unit, week, numerator: inTime(i, at) }))))
  await judge(units, weeks[0] ?? '', weeks.at(-1) ?? '')
})

afterAll(() => testDatabase?.drop())

describe('the signals of a city', () => {
  it('name the unit that fell, in its own chart and in the city list, and nobody else', async () => {
    const listed = await signals('city_listed = 1')
    expect(new Set(listed.map(({ unit_id }) => unit_id))).toEqual(new Set([story]))
    expect(listed.at(-1)).toMatchObject({ week: weeks.at(-1), rule: 'beyond', direction: 'concern', phase: 'locked' })
    expect(await signals()).toHaveLength(600)
  })

  it('are listed by the same cut that Benjamini and Hochberg give over the whole city of that week', async () => {
    for (const week of [weeks.at(-1), weeks.at(-2), weeks[20]]) {
      const rows = await signals(`week = '${week}'`)
      const cut = falseDiscoveryCut(
        rows.flatMap(({ p_value }) => p_value ?? []),
        CITY_FALSE_DISCOVERY,
      )
      const expected = rows.map(({ rule, p_value }) =>
        Number(rule !== '' && p_value !== null && cut !== undefined && p_value <= cut),
      )
      expect(rows.map(({ city_listed }) => city_listed)).toEqual(expected)
    }
  })

  it('are the same whether a week is judged by itself or with all the others', async () => {
    const whole = await signals()
    const late = { unit: units[7] ?? '', week: weeks[26] ?? '', numerator: 20 }
    await write([late])
    await judge([late.unit], late.week, late.week)
    const alone = await signals()
    expect(alone).not.toEqual(whole)
    await judge(units, weeks[0] ?? '', weeks.at(-1) ?? '')
    expect(await signals()).toEqual(alone)
    // A late fact in the baseline moves the limits of every week.
    await write([{ ...late, week: weeks[2] ?? '' }])
    await judge([late.unit], weeks[2] ?? '', weeks[2] ?? '')
    const moved = await signals(`unit_id = '${late.unit}'`)
    expect(moved.at(-1)?.lower_limit).not.toBe(alone.findLast(({ unit_id }) => unit_id === late.unit)?.lower_limit)
    await judge(units, weeks[0] ?? '', weeks.at(-1) ?? '')
    expect(await signals(`unit_id = '${late.unit}'`)).toEqual(moved)
  })

  it('of the week that runs are shown with their limits, and never flagged nor put on the list', async () => {
    const [week = '', after = ''] = [weeks.at(-1), addDays(weeks.at(-1) ?? '', 7)]
    await judge([story], week, week, { currentWeek: week })
    const [row] = await signals(`unit_id = '${story}' AND week = '${week}'`)
    expect(row).toMatchObject({ rule: '', direction: 'none', p_value: null, phase: 'locked', city_listed: 0 })
    expect(row?.lower_limit).toBeGreaterThan(0.5)
    // The run that it ended is judged without it, too, and with it once the week is over.
    await judge([story], week, after, { currentWeek: after })
    expect(await signals(`unit_id = '${story}' AND week = '${week}'`)).toMatchObject([{ rule: 'beyond' }])
  })

  it('go with the week that they were about, and with a unit that the directory no longer knows', async () => {
    const [first = '', second = ''] = units
    const last = weeks.at(-1) ?? ''
    await write([{ unit: first, week: last, numerator: 0, isGone: true }])
    await judge([first], last, last)
    expect((await signals(`unit_id = '${first}'`)).map(({ week }) => week)).toEqual(weeks.slice(0, -1))
    await judge([second], last, last, { known: [] })
    expect(await signals(`unit_id = '${second}'`)).toEqual([])
  })
})
