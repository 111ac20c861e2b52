import type { ReportDelivery } from '@bina/pipeline/ports/report-ledger'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ClickHouseClient } from './connect.ts'
import { createReportFigures } from './report-figures.ts'
import { createReportLedger } from './report-ledger.ts'
import { createReportSnapshots } from './report-snapshots.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const zone = 'Asia/Jakarta'
const week = '2026-07-06'
const recent = { fromWeek: '2026-04-13', toWeek: week }
const version = "'2026-07-13 00:00:00'"
const later = "'2026-07-13 00:00:01'"

let testDatabase: TestDatabase
let client: ClickHouseClient

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  client = testDatabase.client
})

afterAll(() => testDatabase?.drop())

const command = (query: string) => client.command({ query })
const figures = () => createReportFigures(client, { zone })
const at = (wallTime: string) => Date.parse(`${wallTime.replace(' ', 'T')}:00+07:00`)

describe('what is open', () => {
  const complaint = (id: string, more: Record<string, string | number> = {}) => ({
    complaint_id: id,
    channel: 'walk_in',
    kind: 'complaint',
    category: 'rude',
    sla_class: 'ordinary',
    received_at: '2026-07-07 01:00:00',
    verified_at: '2026-07-07 02:00:00',
    accountable_unit_id: 'A',
    about_unit_id: 'A',
    response_due_at: '2026-07-14 09:00:00',
    due_at: '2026-07-27 09:00:00',
    state: 'open',
    severe: 0,
    version: '2026-07-13 00:00:00',
    ...more,
  })
  const held = (...spans: readonly (readonly [unit: string, to: string | null, ownDue: string])[]) => ({
    'custody.unit_id': spans.map(([unit]) => unit),
    'custody.from_at': spans.map(() => '2026-07-07 03:00:00'),
    'custody.to_at': spans.map(([, to]) => to),
    'custody.own_response_due_at': spans.map(() => '2026-07-14 09:00:00'),
    'custody.own_due_at': spans.map(([, , due]) => due),
    'custody.working_minutes': spans.map(() => 0),
    'custody.budget_minutes': spans.map(() => 0),
    'custody.failed': spans.map(() => 0),
    'custody.failure_reason': spans.map(() => ''),
  })
  const byA = held(['A', null, '2026-07-20 09:00:00'])

  beforeAll(async () => {
    await client.insert({
      table: 'complaint_store',
      values: [
        { ...complaint('held'), ...byA },
        // Lost and regained is one time of answering, whatever lies between.
        {
          ...complaint('came-back', { channel: 'sp4n_lapor', state: 'waiting' }),
          ...held(['A', null, '2026-07-21 09:00:00'], ['B', '2026-07-09 03:00:00', '2026-07-22 09:00:00']),
        },
        { ...complaint('with-b', { accountable_unit_id: 'B' }), ...held(['B', null, '2026-07-20 09:00:00']) },
        { ...complaint('closed', { state: 'resolved' }), ...byA },
        { ...complaint('severe', { severe: 1, category: 'illegal_fee' }), ...byA },
        { ...complaint('suggested', { kind: 'suggestion' }), ...byA },
        { ...complaint('unverified'), verified_at: null, accountable_unit_id: null },
        {
          ...complaint('earlier', { received_at: '2026-06-30 01:00:00', category: 'facility', state: 'resolved' }),
          ...byA,
        },
        // Monday 00:30 and 23:30 of the city's clock, in a week that the server's day would not give them.
        { ...complaint('early-monday', { received_at: '2026-07-05 17:30:00', state: 'resolved' }), ...byA },
        { ...complaint('late-sunday', { received_at: '2026-07-12 16:30:00', state: 'resolved' }), ...byA },
        { ...complaint('next-week', { received_at: '2026-07-12 17:30:00', state: 'resolved' }), ...byA },
        { ...complaint('long-ago', { received_at: '2026-04-12 01:00:00', state: 'resolved' }), ...byA },
        { ...complaint('excluded', { excluded_reason: 'duplicate', state: 'excluded' }), ...byA },
      ],
      format: 'JSONEachRow',
    })
    // Closed by a later version in another part, which an index of what is open does not find.
    await client.insert({
      table: 'complaint_store',
      values: [
        { ...complaint('closed-since', { accountable_unit_id: 'C' }), ...held(['C', null, '2026-07-20 09:00:00']) },
      ],
      format: 'JSONEachRow',
    })
    await client.insert({
      table: 'complaint_store',
      values: [
        {
          ...complaint('closed-since', { accountable_unit_id: 'C', state: 'resolved', version: '2026-07-13 00:00:01' }),
        },
      ],
      format: 'JSONEachRow',
    })
  })

  it('is what a unit holds and answers for, by its own due and with the channel it came by', async () => {
    expect(await figures().openCasesOf(['A', 'C'])).toEqual([
      { unitId: 'A', complaintId: 'held', channel: 'walk_in', dueAtMs: at('2026-07-20 16:00') },
      { unitId: 'A', complaintId: 'came-back', channel: 'sp4n_lapor', dueAtMs: at('2026-07-21 16:00') },
    ])
  })

  it('and went between units, or was given to nobody, is told with who has had it', async () => {
    const rows = await figures().unsettledCases()
    expect(rows.map(({ complaintId, unitIds, aboutUnitId }) => [complaintId, unitIds, aboutUnitId])).toEqual([
      ['came-back', ['A', 'B'], 'A'],
      ['unverified', [], 'A'],
    ])
  })

  it('or closed, is counted by conduct where it was verified, by the week of its receipt in the city', async () => {
    const categories = ['rude', 'convoluted', 'obstructive', 'facility']
    expect(await figures().conductOf(['A', 'B'], { ...recent, categories })).toEqual([
      { unitId: 'A', category: 'facility', inWeek: 0, inR13: 1 },
      // held, came-back, suggested, closed, early-monday, late-sunday
      { unitId: 'A', category: 'rude', inWeek: 6, inR13: 6 },
      { unitId: 'B', category: 'rude', inWeek: 1, inR13: 1 },
    ])
  })
})

it('the directory of a day is the version that counts then, of every type', async () => {
  const unit = (id: string, from: string, to: string, type: string, parent: string, emails: string) =>
    `('${id}', '${from}', ${to}, '${id}', '${type}', '${parent}', 'Kepala', ${emails}, 'id', 'office_5d', '', ${version})`
  await command(`INSERT INTO unit_version (unit_id, valid_from, valid_to, name, unit_type, parent_unit_id, head_role, report_emails, locale,
      schedule_profile, successor_unit_id, version) VALUES
    ${unit('A', '2026-01-01', 'NULL', 'kelurahan', 'K', "['old@p.example']")},
    ${unit('A', '2026-07-13', 'NULL', 'kelurahan', 'K', "['acting@p.example']")},
    ${unit('A', '2026-08-01', 'NULL', 'kelurahan', 'K', "['next@p.example']")},
    ${unit('K', '2026-01-01', 'NULL', 'kecamatan', '', '[]')},
    ${unit('ended', '2026-01-01', "'2026-07-12'", 'upt', 'K', '[]')}`)
  expect(await figures().directoryOn('2026-07-13')).toEqual([
    {
      ...{ unitId: 'A', name: 'A', unitType: 'kelurahan', headRole: 'Kepala', locale: 'id' },
      ...{ reportEmails: ['acting@p.example'], parentUnitId: 'K' },
    },
    {
      ...{ unitId: 'K', name: 'K', unitType: 'kecamatan', headRole: 'Kepala', locale: 'id' },
      ...{ reportEmails: [], parentUnitId: '' },
    },
  ])
})

it('sessions, actions, findings and objections stand with the unit they are about while they are open, and a while after', async () => {
  const row = (unit: string, kind: string, id: string, closed: string, of = version) =>
    `('${unit}', 'A', '${kind}', '${id}', '2026-06-01 02:00:00', '2026-07-08', ${closed}, ${of}, 0)`
  await command(`INSERT INTO coaching_item_store (unit_id, about_unit_id, kind, item_id, opened_at, due_on, closed_at, version, is_deleted)
    VALUES ${row('A', 'action', 'open', 'NULL')}, ${row('A', 'action', 'just-done', "'2026-07-06 00:00:00'")},
      ${row('A', 'action', 'done', "'2026-07-05 23:59:59'")}, ${row('A', 'session', 'planned', 'NULL')}, ${row('A', 'session', 'held', "'2026-07-07 00:00:00'")},
      ('A', 'A', 'session', 'never-held', '2026-06-01 02:00:00', '2026-07-05', NULL, ${version}, 0),
      ${row('K', 'action', 'open', 'NULL')}, ${row('A', 'finding', 'closed-since', 'NULL')}`)
  await command(`INSERT INTO coaching_item_store (unit_id, about_unit_id, kind, item_id, opened_at, due_on, closed_at, version, is_deleted)
    VALUES ${row('A', 'finding', 'closed-since', "'2026-07-01 00:00:00'", later)}`)
  const rows = await figures().coachingOf(['A', 'K'], Date.parse('2026-07-06T00:00:00Z'))
  expect(rows.map(({ unitId, kind, itemId, dueOn }) => [unitId, kind, itemId, dueOn])).toEqual([
    ['A', 'action', 'just-done', '2026-07-08'],
    ['A', 'action', 'open', '2026-07-08'],
    ['A', 'session', 'planned', '2026-07-08'],
  ])
  expect(rows.map(({ openedAtMs, closedAtMs }) => [openedAtMs, closedAtMs])).toEqual([
    [Date.parse('2026-06-01T02:00:00Z'), Date.parse('2026-07-06T00:00:00Z')],
    [Date.parse('2026-06-01T02:00:00Z'), null],
    [Date.parse('2026-06-01T02:00:00Z'), null],
  ])
})

it('scores, measures and charts are those of the asked weeks, each as it stands', async () => {
  await command(`INSERT INTO unit_week_score_store (unit_id, week, score, value, lower80, upper80, confidence, band, terms, status, as_of)
    SELECT 'A', toDate('${week}') - 7 * number, 'service', 60 + number, 50, 70, 'medium', 'inconclusive', map('response', 70.5), 'final', ${version}
    FROM numbers(60)`)
  const scores = await figures().scoresOf(['A'], recent)
  expect(scores).toHaveLength(13)
  expect(scores.at(-1)).toMatchObject({ week, value: 60, terms: { response: 70.5 }, status: 'final' })
  expect(scores[0]).toMatchObject({ week: '2026-04-13', value: 72, terms: {} })

  const rows = `SELECT 'A', scope, toDate('${week}') - 7 * number, ['S2', 'S2', 'A1'], ['W1', 'R13', 'R4'], [1, 8, 30], [2, 10, 31],
      [0.5, 0.8, 0.97], [0.2, 0.7, 0.9], [0.8, 0.9, 1]`
  await command(`INSERT INTO unit_week_figures_store (unit_id, scope, week, figure.measure, figure.window, figure.numerator,
      figure.denominator, figure.estimate, figure.lower80, figure.upper80, as_of)
    ${rows}, ${version} FROM numbers(60) ARRAY JOIN ['own', 'area'] AS scope`)
  const measures = await figures().measuresOf(['A'], { week, scope: 'own' })
  expect(measures.map((row) => `${row.measure} ${row.window} ${row.numerator}/${row.denominator}`)).toEqual([
    'A1 R4 30/31',
    'S2 R13 8/10',
    'S2 W1 1/2',
  ])
  const asked = { ...recent, scope: 'area' as const, measures: ['S2'], windows: ['R13'] }
  const [weeks, ...others] = await figures().measureWeeksOf(['A'], asked)
  expect(others).toEqual([])
  expect(weeks).toMatchObject({ unitId: 'A', measure: 'S2', window: 'R13' })
  expect([weeks?.weeks.length, weeks?.weeks[0], weeks?.weeks.at(-1)]).toEqual([13, '2026-04-13', week])
  const { numerators, denominators, estimates, lower80s, upper80s } = weeks ?? {}
  expect([numerators, denominators, estimates, lower80s, upper80s].map((of) => of?.[0])).toEqual([8, 10, 0.8, 0.7, 0.9])

  await command(`INSERT INTO unit_week_signal_store (unit_id, measure, week, chart, value, centre, lower_limit, upper_limit, rule, direction, as_of)
    VALUES ('A', 'S2', '${week}', 'p_prime', 0.5, 0.8, 0.6, 1, 'beyond', 'concern', ${version}),
      ('A', 'A2', '${week}', 'p_prime', 0.5, 0.8, 0.6, 1, '', 'none', ${version}),
      ('A', 'S2', '2026-04-06', 'p_prime', 0.5, 0.8, 0.6, 1, '', 'none', ${version})`)
  expect(await figures().chartWeeksOf(['A'], { ...recent, measures: ['S2'] })).toEqual([
    {
      ...{ unitId: 'A', measure: 'S2', week, chart: 'p_prime', value: 0.5, centre: 0.8 },
      ...{ lowerLimit: 0.6, upperLimit: 1, rule: 'beyond', direction: 'concern' },
    },
  ])
})

it('restatements, effects and notes are told of the asked units alone', async () => {
  await command(`INSERT INTO final_score_store (unit_id, week, score, issue, old_value, value, cause, at) VALUES
    ('A', '2026-05-04', 'service', 0, NULL, 70, '', '2026-06-01 00:00:00'),
    ('A', '2026-05-04', 'service', 1, 70, 65, 'late event', '2026-07-01 00:00:00'),
    ('A', '2026-05-04', 'service', 2, 65, NULL, 'correction', '2026-07-08 00:00:00.5'),
    ('B', '2026-05-04', 'service', 1, 65, 60, 'correction', '2026-07-08 00:00:00')`)
  const sinceMs = Date.parse('2026-07-06T00:00:00Z')
  expect(await figures().restatementsOf(['A'], { ...recent, sinceMs })).toEqual([
    {
      ...{ unitId: 'A', week: '2026-05-04', score: 'service', before: 65, now: null, cause: 'correction' },
      atMs: Date.parse('2026-07-08T00:00:00.500Z'),
    },
  ])

  const effect = (kind: string, subject: string, conclusion: string, points: string) =>
    `('${kind}', '${subject}', 'S2', 9, 12, ${points}, ${points}, ${points}, '${conclusion}')`
  await command(`INSERT INTO coaching_effect_store (kind, subject, measure, coached_units, compared_units, effect, lower80, upper80, conclusion)
    VALUES ${effect('unit', 'A', 'higher', '5.5')}, ${effect('unit', 'B', 'lower', '-4')},
      ${effect('unit', 'C', 'cannot_be_concluded_yet', 'NULL')}, ${effect('city', 'city', 'none', '0.5')}`)
  const subjects = (rows: readonly { readonly subject: string }[]) => rows.map(({ subject }) => subject)
  expect(subjects(await figures().effectsOf('unit', ['A', 'C']))).toEqual(['A'])
  expect(subjects(await figures().effectsOf('city', 'all'))).toEqual(['city'])
  expect(await figures().effectsOf('unit', [])).toEqual([])

  const day = (unit: string, person: number, date: string, status: string, heard: number, findings = '[]') =>
    `('${unit}', '${date}', 'p-${person}', '${status}', ${heard}, ${findings}, ${version})`
  const silent = [1, 2, 3, 4, 5].map((person) => day('A', person, '2026-07-08', 'unexcused', 0))
  await command(`INSERT INTO person_day_store (unit_id, work_date, person_key, status, heard, findings, version) VALUES
    ${silent.join(', ')}, ${day('A', 1, '2026-07-09', 'outage', 1)}, ${day('A', 1, '2026-07-10', 'present', 1, "['unknown_profile']")},
    ${day('A', 1, '2026-07-13', 'outage', 1)}, ${day('B', 1, '2026-07-09', 'present', 1)}`)
  expect(await figures().notesOf(['A', 'B'], week)).toEqual([
    {
      ...{ unitId: 'A', suspectedOutageDays: [{ day: '2026-07-08', persons: 5 }], outageDays: 2 },
      hasUnknownProfile: true,
    },
  ])
})

describe('what reports said', () => {
  const said = { service: 61.5, discipline: null, due: 1, overdue: 2, told: ['action|a-1'] }
  const snapshot = (of: string, sentAtMs: number, given = {}) => ({
    ...{ unitId: 'A', report: '' as const, week: of, sentAtMs, input: `{"week":"${of}"}`, ...said },
    ...given,
  })
  const runOf = (of: string) => `run of ${of}`
  const delivery = (of: string, given: Partial<ReportDelivery> = {}): ReportDelivery => ({
    ...{ runId: runOf(of), unitId: 'A', recipient: 'lurah@p.example', locale: 'id', issue: 0, report: '' },
    ...{ reader: 'unit_head', followUp: false, state: 'sent', attempts: 1, messageId: `<${of}>`, smtpReply: '250' },
    ...given,
  })
  const run = (of: string) => ({
    ...{
      period: of,
      runId: runOf(of),
      state: 'finished' as const,
      startedAtMs: 0,
      finishedAtMs: 1,
      units: 1,
      cause: '',
    },
    ...{ dataCompleteUntilMs: 0, delivered: 1, failed: 0, suppressed: 0 },
  })
  const weeks = ['2025-12-29', '2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29', week]
  let snapshots: ReturnType<typeof createReportSnapshots>
  let ledger: ReturnType<typeof createReportLedger>
  const last = async () =>
    (await snapshots.lastBefore(week, ['A', 'B'])).map((mail) => [mail.unitId, mail.week, mail.sentAtMs, mail.due])

  beforeAll(async () => {
    snapshots = createReportSnapshots(client)
    ledger = createReportLedger(client)
    for (const of of weeks) await ledger.writeRun(run(of))
    await snapshots.keep(snapshot('2025-12-29', 500))
    await ledger.writeDelivery(delivery('2025-12-29'))
    await snapshots.keep(snapshot('2026-06-08', 1_000, { due: 9, told: ['restated|x|service|62', 'action|a-0'] }))
    await ledger.writeDelivery(delivery('2026-06-08'))
    await snapshots.keep(snapshot('2026-06-15', 2_000, { due: 3, told: ['restated|x|service|58', 'action|a-1'] }))
  })

  it('is compared with by the next only when the mail has reached the post', async () => {
    expect(await last()).toEqual([['A', '2026-06-08', 1_000, 9]])
    await ledger.writeDelivery(delivery('2026-06-15', { state: 'queued' }))
    await ledger.writeDelivery(delivery('2026-06-15', { recipient: 'camat@p.example', reader: 'superior' }))
    await ledger.writeDelivery(delivery('2026-06-15', { issue: 1 }))
    await ledger.writeDelivery(delivery('2026-06-15', { report: 'area' }))
    expect(await last()).toEqual([['A', '2026-06-08', 1_000, 9]])
    await ledger.writeDelivery(delivery('2026-06-15'))
    expect(await last()).toEqual([['A', '2026-06-15', 2_000, 3]])
  })

  it('is that of the latest mail, with all that it and those before it told, the last first', async () => {
    expect(await snapshots.lastBefore(week, ['A', 'B'])).toEqual([
      {
        ...{ unitId: 'A', week: '2026-06-15', sentAtMs: 2_000, firstSentAtMs: 1_000, ...said, due: 3 },
        told: ['restated|x|service|58', 'action|a-1', 'restated|x|service|62', 'action|a-0'],
      },
    ])
  })

  it('reached the post as well when its superior had it in its place', async () => {
    await snapshots.keep(snapshot('2026-06-22', 3_000))
    await ledger.writeDelivery(
      delivery('2026-06-22', { recipient: 'camat@p.example', reader: 'in_place_of', followUp: true }),
    )
    await snapshots.keep(snapshot(week, 4_000))
    await ledger.writeDelivery(delivery(week))
    expect(await last()).toEqual([['A', '2026-06-22', 3_000, 1]])
  })

  it('is had again word for word, each kind of report by itself, and replaces what was kept before', async () => {
    const inputsOf = (report: '' | 'area') => snapshots.inputsOf({ week, report }, ['A', 'B'])
    await snapshots.keep(snapshot(week, 5_000, { report: 'area', input: '{"name":"Ilir \\"Barat\\" I – ✓"}' }))
    expect(await inputsOf('area')).toEqual([{ unitId: 'A', input: '{"name":"Ilir \\"Barat\\" I – ✓"}' }])
    expect(await inputsOf('')).toEqual([{ unitId: 'A', input: `{"week":"${week}"}` }])
    await snapshots.keep(snapshot(week, 4_500, { input: '{}' }))
    expect(await inputsOf('')).toEqual([{ unitId: 'A', input: '{}' }])
  })

  it('in words is gone five weeks later, and its figures are not', async () => {
    await command(`INSERT INTO report_snapshot_store (unit_id, week, report, sent_at, due, input, kept_at)
      SELECT 'old', '2026-06-22', '', '2026-06-29 06:00:00', 7, '{}', now() - INTERVAL 36 DAY`)
    await command('OPTIMIZE TABLE report_snapshot_store FINAL')
    expect(await snapshots.inputsOf({ week: '2026-06-22', report: '' }, ['old', 'A'])).toEqual([
      { unitId: 'A', input: '{"week":"2026-06-22"}' },
    ])
    await ledger.writeDelivery(delivery('2026-06-22', { unitId: 'old' }))
    expect(await snapshots.lastBefore(week, ['old'])).toMatchObject([{ unitId: 'old', due: 7 }])
  })
})
