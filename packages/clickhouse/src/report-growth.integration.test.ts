import { addDays } from '@bina/domain/plain-date'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createIntegrityFigures } from './integrity-figures.ts'
import { createReportFigures } from './report-figures.ts'
import { createReportLedger } from './report-ledger.ts'
import { createReportSnapshots } from './report-snapshots.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

// What the weekly reports ask, on a city of forty units with a year and a half of history, and on one with ten times as much.

const zone = 'Asia/Jakarta'
const week = '2026-07-06'
const short = { from: '2025-01-06', weeks: 79 }
const long = { from: addDays('2025-01-06', -7 * 711), weeks: 711 }
const unitIds = Array.from({ length: 40 }, (_, at) => `16.71.${String(at + 10)}`)
const version = "toDateTime64('2026-07-13 00:00:00', 6, 'UTC')"

/**
 * A year and a half of one unit's steps, findings and sessions fill less than the granules that hold the open ones among them, so that more of
 * them are read until they do: at most four granules of 64 rows a kind and unit.
 */
const mostRowsOf: Readonly<Record<string, number>> = { coaching: unitIds.length * 3 * 4 * 64 }

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'), zone)
})

afterAll(() => testDatabase?.drop())

/** Weeks as a city leaves them: every complaint but a few of the last weeks closed, ids in the order of their coming. */
async function live(client: ClickHouseClient, { from, weeks }: { readonly from: string; readonly weeks: number }) {
  const unit = "concat('16.71.', toString(number % 40 + 10)) AS unit"
  const monday = `toDate('${from}') + 7 * intDiv(number, 40) AS monday`
  const each = `(SELECT number, ${unit}, ${monday} FROM numbers(40 * ${weeks}))`
  const at = (hours: number) => `toDateTime64(monday, 3, '${zone}') + INTERVAL ${hours} HOUR`
  const isLast = `monday >= toDate('${addDays(week, -14)}')`
  const insert = (into: string, select: string) => client.command({ query: `INSERT INTO ${into} SELECT ${select}` })
  await insert(
    'unit_week_score_store (unit_id, week, score, value, confidence, band, terms, status, as_of)',
    `unit, monday, score, 60, 'low', 'inconclusive', map('response', 70), 'final', ${version} FROM ${each} ARRAY JOIN ['service', 'discipline'] AS score`,
  )
  await insert(
    `unit_week_figures_store (unit_id, scope, week, figure.measure, figure.window, figure.numerator, figure.denominator, figure.estimate, figure.lower80, figure.upper80, as_of)`,
    `unit, scope, monday, ['S1', 'S2', 'S6', 'A1', 'C1'], ['R13', 'R13', 'R13', 'R4', 'R4'], [9, 9, 9, 9, 9], [10, 10, 10, 10, 10], [.9, .9, .9, .9, .9], [.8, .8, .8, .8, .8], [1, 1, 1, 1, 1], ${version}
     FROM ${each} ARRAY JOIN ['own', 'area'] AS scope`,
  )
  await insert(
    'unit_week_signal_store (unit_id, measure, week, chart, rule, p_value, as_of)',
    `unit, measure, monday, 'p_prime', if(number % 40 = 7, 'beyond', ''), if(number % 40 = 7, 0.00001, 0.5), ${version} FROM ${each} ARRAY JOIN ['A1', 'B1', 'S2', 'S6', 'S8', 'S10', 'S12'] AS measure`,
  )
  await insert(
    'final_score_store (unit_id, week, score, issue, old_value, value, cause, at)',
    `unit, monday, 'service', issue, 60, 65, 'late event', ${at(24 * 21)} FROM ${each} ARRAY JOIN [0, 1] AS issue`,
  )
  await insert('report_snapshot_store (unit_id, week, due, sent_at)', `unit, monday, 1, ${at(24 * 7 + 6)} FROM ${each}`)
  await insert(
    'report_run_store (period, run_id, state)',
    `monday, toString(monday), 'finished' FROM ${each} WHERE number % 40 = 0`,
  )
  await insert(
    'report_delivery_store (run_id, unit_id, recipient, locale, state, message_id)',
    `toString(monday), unit, concat(unit, '@p.example'), 'id', 'sent', concat('<', unit, toString(monday), '>') FROM ${each}`,
  )
  await insert(
    'person_day_store (unit_id, work_date, person_key, status, heard, findings, version)',
    `unit, monday + day, concat(unit, '-', toString(person)), 'present', 1, if(number % 50 = 0, ['impossible_hours', 'unknown_profile'], []), ${version}
     FROM ${each} ARRAY JOIN range(5) AS day ARRAY JOIN range(12) AS person`,
  )
  await insert(
    'complaint_store (complaint_id, reporter, channel, kind, category, received_at, verified_at, accountable_unit_id, about_unit_id, response_due_at, due_at, state, severe, custody.unit_id, custody.from_at, custody.to_at, custody.own_response_due_at, custody.own_due_at, custody.working_minutes, custody.budget_minutes, custody.failed, custody.failure_reason, version)',
    `concat('LAPOR-', leftPad(toString(toUInt32(monday) * 1000 + number % 40 * 10 + nth), 10, '0')), concat('r-', toString(number % 40)), 'web', 'complaint', 'rude', ${at(30)}, ${at(40)}, unit, unit,
       ${at(150)}, ${at(300)}, if(${isLast}, 'open', 'resolved'), number % 61 = 0, [unit, 'other'], [${at(50)}, ${at(50)}], [NULL, ${at(60)}], [${at(150)}, ${at(150)}], [${at(300)}, ${at(300)}], [0, 0], [0, 0], [0, 0], ['', ''], ${version}
     FROM ${each} ARRAY JOIN [0, 1] AS nth`,
  )
  await insert(
    'coaching_item_store (unit_id, about_unit_id, kind, item_id, opened_at, due_on, closed_at, version)',
    `unit, unit, kind, concat(kind, '-', leftPad(toString(number), 9, '0'), toString(monday)), ${at(9)}, monday + 7, if(${isLast}, NULL, ${at(200)}), ${version} FROM ${each} ARRAY JOIN ['action', 'finding', 'session'] AS kind`,
  )
  await insert(
    'dead_letter_store (topic, partition, offset, at, reason)',
    `'t', 0, toUInt32(monday) * 1000 + number % 40, ${at(10)}, 'not_json' FROM ${each}`,
  )
  await insert(
    'spot_check_draw_store (draw_id, week, slots)',
    `concat('d-', toString(monday)), monday, 60 FROM ${each} WHERE number % 40 = 0`,
  )
  // Two parts, as of what was merged and what has just come in.
  for (const table of ['complaint_store', 'coaching_item_store', 'person_day_store', 'unit_week_figures_store'])
    await client.command({ query: `OPTIMIZE TABLE ${table} FINAL` })
}

/** Each question, with the rows that the server read to answer it, and the answer. */
async function ask(client: ClickHouseClient) {
  let read = 0
  const counted = new Proxy(client, {
    get: (target, name) =>
      name !== 'query'
        ? Reflect.get(target, name)
        : async (params: Parameters<ClickHouseClient['query']>[0]) => {
            const result = await target.query(params)
            const summary = result.response_headers['x-clickhouse-summary']
            read += Number((JSON.parse(String(summary)) as { read_rows: string }).read_rows)
            return result
          },
  })
  const figures = createReportFigures(counted, { zone })
  const integrity = createIntegrityFigures(counted, { zone })
  const shown = { fromWeek: addDays(week, -7 * 25), toWeek: week }
  const sinceMs = Date.parse('2026-07-06T06:00:00+07:00')
  const questions: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
    directory: () => figures.directoryOn('2026-07-13'),
    scores: () => figures.scoresOf(unitIds, shown),
    measures: () => figures.measuresOf(unitIds, { week, scope: 'own' }),
    'measure weeks': () =>
      figures.measureWeeksOf(unitIds, { ...shown, scope: 'area', measures: ['S1', 'S2', 'S6'], windows: ['R13'] }),
    'chart weeks': () => figures.chartWeeksOf(unitIds, { ...shown, measures: ['S2', 'S11', 'A1'] }),
    'open cases': () => figures.openCasesOf(unitIds),
    'unsettled cases': () => figures.unsettledCases(),
    conduct: () => figures.conductOf(unitIds, { fromWeek: addDays(week, -7 * 12), toWeek: week, categories: ['rude'] }),
    coaching: () => figures.coachingOf(unitIds, sinceMs),
    restatements: () => figures.restatementsOf(unitIds, { ...shown, sinceMs }),
    notes: () => figures.notesOf(unitIds, week),
    'last mails': () => createReportSnapshots(counted).lastBefore(week, unitIds),
    'a mail': async () => [await createReportLedger(counted).deliveryOf(`<16.71.10${addDays(week, -7)}>`)],
    'listed signals': () => integrity.listedSignals(week, ['B1', 'S8', 'S10']),
    'severe cases': () => integrity.severeCases(week),
    draws: () => integrity.draws(week),
    'data quality': () => integrity.dataQuality(week),
    'dead letters': () => integrity.deadLetters(week),
  }
  const rows = new Map<string, { readonly read: number; readonly answer: string }>()
  for (const [name, question] of Object.entries(questions)) {
    read = 0
    const answer = await question()
    rows.set(name, { read, answer: JSON.stringify(answer) })
  }
  return rows
}

it('what a report does not show is not read, however much of it there is', async () => {
  const { client } = testDatabase
  await live(client, short)
  const before = await ask(client)
  await live(client, long)
  const after = await ask(client)
  for (const [name, { read, answer }] of before) {
    expect(after.get(name)?.answer, name).toBe(answer)
    expect(after.get(name)?.read, name).toBeLessThanOrEqual(Math.max(1.3 * read, mostRowsOf[name] ?? 0))
    if (name !== 'directory') expect(answer.length, name).toBeGreaterThan('[]'.length)
  }
})
