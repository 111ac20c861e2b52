import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeEvent } from '@bina/events/encode-event'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../../../test/harness/city.ts'
import { dlqList, dlqShow } from './commands/dlq.ts'
import { doctor } from './commands/doctor.ts'
import { importCommand } from './commands/import.ts'
import { publish } from './commands/publish.ts'
import { reportPreview } from './commands/report-preview.ts'
import { scoreRebuild } from './commands/score-rebuild.ts'
import { trace } from './commands/trace.ts'
import type { CommandContext } from './context.ts'
import { runCommand } from './test-command.ts'

// New York in the spring of 2022, so that the requests of its 311 and the events made here live in one city.
const zone = 'America/New_York'
const nowMs = Date.parse('2022-06-06T12:00:00-04:00')
const nyc = fileURLToPath(new URL('../../../test/fixtures/nyc-311/', import.meta.url))
const source = 'urn:test:turnstiles'
const unitId = 'upt:library'
const personKey = 'person_000001'

let city: TestCity
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bina-cli-test-'))
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
    zone,
    cityProfile: 'weekdays',
  })
})
afterAll(async () => {
  await city.stop()
  await rm(dataDir, { recursive: true })
})

const run = (work: (context: CommandContext) => Promise<void>, env: Readonly<Record<string, string>> = {}) =>
  runCommand(city, work, { BINA_TIMEZONE: zone, BINA_CITY_PROFILE: 'weekdays', BINA_DATA_DIR: dataDir, ...env })

const event = (id: string, type: string, time: string, data: object, more: object = {}) => ({
  specversion: '1.0',
  id,
  source,
  type: `bina.${type}.v1`,
  subject: unitId,
  time,
  data,
  ...more,
})
const clock = (id: string, kind: 'in' | 'out', time: string, more: object = {}) =>
  event(
    id,
    'attendance.recorded',
    time,
    { unitId, personKey, workDate: time.slice(0, 10), kind, method: 'device' },
    more,
  )

const library = event('unit-1', 'directory.unit', '2022-01-01T00:00:00-05:00', {
  unitId,
  name: 'City Library',
  unitType: 'upt',
  headRole: 'Librarian',
  reportEmails: [],
  locale: 'en',
  scheduleProfile: 'weekdays',
  validFrom: '2022-01-01',
})

const fileOf = async (name: string, lines: readonly unknown[]) => {
  const file = join(dataDir, name)
  await writeFile(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  return file
}
const balance = async () =>
  (
    await city.rows<Record<string, number>>(
      'SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(dead_lettered) AS dead FROM ingest_balance',
    )
  )[0]

describe('bina doctor', () => {
  it('finds these servers well: topics, tables, zone and clock', async () => {
    const { answer, error } = await run(doctor)
    expect(error).toBeUndefined()
    const { checks } = answer as { checks: { name: string; verdict: string; message: string }[] }
    expect(checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    expect(checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(
      expect.arrayContaining(['kafka ok', 'topics ok', 'clickhouse ok', 'clock ok', 'schema ok', 'mail warn']),
    )
  })

  it.each([
    ['a closed port', { KAFKA_BROKERS: '127.0.0.1:1' }, 'kafka', /Nothing listens at 127\.0\.0\.1:1/],
    [
      'a missing database',
      { CLICKHOUSE_URL: `${inject('clickhouseUrl')}/no_such_city` },
      'schema',
      /has no database no_such_city/,
    ],
    [
      'a wrong password',
      { CLICKHOUSE_USER: 'nobody', CLICKHOUSE_PASSWORD: 'wrong' },
      'clickhouse',
      /refuses the user nobody/,
    ],
    ['missing topics', { KAFKA_TOPIC_PREFIX: 'no-such-city.' }, 'topics', /14 of 14 topics are missing/],
    ["another city's zone", { BINA_TIMEZONE: 'Asia/Jakarta' }, 'zone', /views count days in America\/New_York/],
    ['a silent mail server', { SMTP_URL: 'smtp://127.0.0.1:1' }, 'mail', /Nothing listens at 127\.0\.0\.1:1/],
    ['a misspelt variable', { KAFKA_BROKERS: 'kafka' }, 'configuration', /KAFKA_BROKERS: expected host:port/],
  ])('tells %s in a sentence of its own, and fails', async (_, env, name, message) => {
    const { answer, error, said } = await run(doctor, env)
    expect(error).toMatchObject({ exitCode: 1 })
    const { checks } = answer as { checks: { name: string; verdict: string; message: string; next?: string }[] }
    const failed = checks.filter(({ verdict }) => verdict === 'fail')
    expect(failed.map((check) => check.name)).toEqual([name])
    expect(failed[0]?.message).toMatch(message)
    expect(said).toContain(failed[0]?.next)
  })
})

describe('bina publish', () => {
  const good = [
    library,
    clock('in-1', 'in', '2022-05-09T09:12:00-04:00'),
    clock('out-1', 'out', '2022-05-09T17:00:00-04:00'),
    clock('in-2', 'in', '2022-05-10T08:55:00-04:00'),
    clock('in-2b', 'in', '2022-05-10T09:40:00-04:00', { supersedes: 'in-2' }),
    clock('in-3', 'in', '2022-05-11T08:55:00-04:00'),
    event('take-back', 'event.withdrawn', '2022-05-11T12:00:00-04:00', { withdrawnId: 'in-3', reason: 'mistake' }),
  ]

  it('publishes nothing of a file with a bad line, and tells each with its line and pointer', async () => {
    const file = await fileOf('some.ndjson', [...good, 'nonsense', clock('in-9', 'in', '2022-05-09T09:00:00')])
    const { said, answer, error } = await run((context) => publish(context, file, { skipBad: false }))
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('Nothing was published: 2 of 9 lines are bad'),
    })
    expect(said).toContain(`${file}:8: expected one whole JSON object on the line`)
    expect(said).toContain(`${file}:9: /time: expected RFC 3339 with an offset`)
    expect(answer).toMatchObject({ published: 0, bad: 2 })
    await city.settled()
    expect(await balance()).toMatchObject({ received: 0 })
  })

  it('publishes the good lines when it is told to, and a second time changes nothing', async () => {
    const file = await fileOf('some.ndjson', [...good, 'nonsense'])
    for (const round of [1, 2]) {
      const { answer, error } = await run((context) => publish(context, file, { skipBad: true }))
      expect(error).toBeUndefined()
      expect(answer).toMatchObject({ published: 7, bad: 1, byType: { 'bina.attendance.recorded.v1': 5 } })
      await city.settled()
      expect(await balance()).toEqual({ received: 7 * round, stored: 7, duplicates: 7 * (round - 1), dead: 0 })
    }
  })

  it('says that there is no such file as a wrong use', async () => {
    const { error } = await run((context) => publish(context, join(dataDir, 'nothing'), { skipBad: false }))
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringContaining('There is no such file') })
  })
})

describe('bina trace', () => {
  const traceOf = (id: string) => run((context) => trace(context, { source, id }))

  it('follows a clock-in to its person-day and to the figures that count it', async () => {
    const { answer, said, error } = await traceOf('in-1')
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({
      fate: 'stored',
      event: { type: 'bina.attendance.recorded.v1', topic: 'bina.attendance.v1' },
      others: [{ sameContent: true }],
      moved: [
        { what: 'person_day', workDate: '2022-05-09', row: { status: 'present', lateClass: 'TL1', lateMinutes: 12 } },
      ],
    })
    const { moved } = answer as {
      moved: {
        units: {
          unitId: string
          facts: object[]
          measures: { measure: string; window: string; week: string; numerator: number; denominator: number }[]
        }[]
      }[]
    }
    const [unit] = moved[0]?.units ?? []
    const counted = { unitId, week: '2022-05-09', seenFrom: '2022-05-09', denominator: 1 }
    expect(unit?.facts).toEqual([
      { ...counted, measure: 'A1', numerator: 1 },
      { ...counted, measure: 'A2', numerator: 0 },
      { ...counted, measure: 'A3', numerator: 1 },
      { ...counted, measure: 'A4', numerator: 12 },
      ...[1, 2, 3, 4].map((step) => ({ ...counted, measure: `A5.PSW${step}`, numerator: 0 })),
      ...[1, 2, 3, 4].map((step) => ({ ...counted, measure: `A5.TL${step}`, numerator: Number(step === 1) })),
      { ...counted, measure: 'B1', numerator: 0 },
      { ...counted, measure: 'B3', numerator: 0, denominator: 2 },
    ])
    // Every row of these weeks in the tables that counts the day: W1 once, R4 in four weeks.
    const rows = await city.rows<{ week: string }>(
      "SELECT toString(m.week) AS week, measure, window, numerator, denominator FROM unit_week_measure AS m WHERE unit_id = {unitId: String} AND measure = 'A2' ORDER BY week, window",
      { unitId },
    )
    expect(rows).toHaveLength(5)
    expect(unit?.measures.filter(({ measure }) => measure === 'A2')).toMatchObject(rows)
    expect(said).toContain(
      'The person-day of 2022-05-09 in upt:library (City Library): present, 12 minutes late (TL1).',
    )
    expect(said).toMatch(/2022-W19\s+2\/2\s+0\/2\s+1\/2/)
  })

  it('says of a replaced and of a withdrawn event what took it back, and of the correction what it names', async () => {
    const superseded = await traceOf('in-2')
    expect(superseded.answer).toMatchObject({
      fate: 'superseded',
      revisers: [{ id: 'in-2b', does: 'supersedes', counts: true }],
    })
    expect(superseded.said).toMatch(/Superseded\s+by in-2b/)
    const correction = await traceOf('in-2b')
    expect(correction.answer).toMatchObject({
      fate: 'stored',
      names: [{ does: 'supersedes', id: 'in-2', arrived: true }],
    })
    const withdrawn = await traceOf('in-3')
    expect(withdrawn.answer).toMatchObject({
      fate: 'withdrawn',
      revisers: [{ id: 'take-back', does: 'withdraws', counts: true }],
      moved: [{ what: 'person_day', row: undefined }],
    })
    expect(withdrawn.said).toContain('No person-day of 2022-05-11 came of it')
    expect((await traceOf('take-back')).answer).toMatchObject({
      names: [{ does: 'withdraws', id: 'in-3', arrived: true }],
      moved: [{ what: 'person_day', workDate: '2022-05-11' }],
    })
  })

  it('tells no person by their key', async () => {
    for (const id of ['in-1', 'in-2', 'in-2b', 'take-back', 'unit-1']) {
      const { said, answer } = await traceOf(id)
      expect(said + JSON.stringify(answer)).not.toContain(personKey)
    }
  })

  it('finds what was set aside in either content mode, with its reason, also where its bytes are no JSON', async () => {
    const topic = `${city.topicPrefix}bina.attendance.v1`
    const lost = clock('lost-1', 'in', '2022-05-12T09:00:00-04:00')
    const binary = encodeEvent({ ...lost, id: 'lost-2' } as unknown as Parameters<typeof encodeEvent>[0], 'binary')
    await city.publisher.publish([
      { topic, key: 'another-unit', value: JSON.stringify(lost) },
      { topic, key: unitId, value: '{"kind":"came"}', headers: { ...binary.headers } },
      { topic, key: unitId, value: `{"source":"${source}","id":"lost-3",` },
    ])
    await city.settled()
    expect((await traceOf('lost-1')).answer).toMatchObject({
      fate: 'dead_letter',
      letters: [{ reason: 'key_mismatch', certain: true }],
    })
    const { said, answer, error } = await traceOf('lost-2')
    expect(answer).toMatchObject({ fate: 'dead_letter', letters: [{ reason: 'schema_violation', certain: true }] })
    expect(said).toMatch(/npx bina dlq show bina\.attendance\.v1 \d+ \d+/)
    expect(error).toBeUndefined()
    const unreadable = await traceOf('lost-3')
    expect(unreadable.answer).toMatchObject({ fate: 'not_arrived', letters: [{ reason: 'not_json', certain: false }] })
    expect(unreadable.error).toMatchObject({ exitCode: 1 })
  })

  it('says of what never came whether its source is known, and fails', async () => {
    const { said, answer, error } = await traceOf('never-sent')
    expect(error).toMatchObject({ exitCode: 1, message: 'The event has not arrived.' })
    expect(answer).toMatchObject({ fate: 'not_arrived', sought: { source: { events: 7 } } })
    expect(said).toContain(`7 events of ${source} are stored`)
    const stranger = await run((context) => trace(context, { source: 'urn:nobody', id: 'in-1' }))
    expect(stranger.said).toContain(`Is it one of these? ${source}`)
  })
})

describe('bina score rebuild', () => {
  it('says when it is stopped that nothing was swapped and how it goes on, and then does', async () => {
    const { error } = await run((context) => scoreRebuild({ ...context, signal: AbortSignal.abort() }, {}))
    expect(error).toMatchObject({ code: 'rebuild_stopped', hint: expect.stringContaining('npx bina score rebuild') })
    const again = await run((context) => scoreRebuild(context, {}))
    expect(again).toMatchObject({ error: undefined, said: expect.stringContaining('swapped the tables') })
  })
})

describe('bina dlq', () => {
  it('lists dead letters, all or of one reason, and shows one with its original bytes', async () => {
    const all = (await run((context) => dlqList(context, { limit: 20 }))).answer as {
      deadLetters: { topic: string; partition: number; offset: number; reason: string }[]
    }
    expect(all.deadLetters.map(({ reason }) => reason).sort()).toEqual(['key_mismatch', 'not_json', 'schema_violation'])
    const one = await run((context) => dlqList(context, { limit: 20, reason: 'schema_violation' }))
    expect(one.said).toMatch(/schema_violation {2}\/data/)
    const [place] = (one.answer as typeof all).deadLetters
    const { said, answer } = await run((context) => dlqShow(context, { topic: '', partition: 0, offset: 0, ...place }))
    expect(said).toContain('{"kind":"came"}')
    expect(said).toContain('header   ce_id: lost-2')
    expect(answer).toMatchObject({
      bytesBase64: Buffer.from('{"kind":"came"}').toString('base64'),
      keyBase64: Buffer.from(unitId).toString('base64'),
    })
    const prefixed = await run((context) =>
      dlqShow(context, { partition: 0, offset: 0, ...place, topic: `${city.topicPrefix}${place?.topic}` }),
    )
    expect(prefixed.error).toBeUndefined()
  })

  it('knows neither a reason nor a letter that there is not', async () => {
    expect((await run((context) => dlqList(context, { limit: 20, reason: 'odd' }))).error).toMatchObject({
      exitCode: 2,
    })
    const { error } = await run((context) =>
      dlqShow(context, { topic: 'bina.attendance.v1', partition: 0, offset: 999_999 }),
    )
    expect(error).toMatchObject({ exitCode: 1, hint: expect.stringContaining('npx bina dlq list') })
  })
})

describe('bina import', () => {
  const files = { mapping: join(nyc, 'mapping.yaml'), csv: join(nyc, 'nyc-311-2022-05-01.csv') }

  it("shows what one night of New York's 311 would become, and publishes nothing", async () => {
    const before = await balance()
    const { said, answer, error } = await run((context) =>
      importCommand(context, files.mapping, files.csv, { apply: false, skipBad: false }),
    )
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({ applied: false, published: 0, rows: 924, good: 924, bad: 0 })
    expect(said).toMatch(/Nothing was published\. To publish this: npx bina import .* --apply$/)
    await city.settled()
    expect(await balance()).toEqual(before)
  })

  it('publishes it when told to: measures per agency and borough, and a report of one', async () => {
    const { answer, error } = await run((context) =>
      importCommand(context, files.mapping, files.csv, { apply: true, skipBad: false }),
    )
    expect(error).toBeUndefined()
    expect(answer).toMatchObject({ applied: true, published: 2358 })
    await city.settled()
    const due = (scope: 'own' | 'area') =>
      city.rows<{ unit_id: string; denominator: number }>(
        "SELECT unit_id, denominator FROM unit_week_measure WHERE scope = {scope: String} AND week = '2022-05-02' AND measure = 'S2' AND window = 'R13'",
        { scope },
      )
    const total = (rows: readonly { readonly denominator: number }[]) =>
      rows.reduce((sum, { denominator }) => sum + denominator, 0)
    const [offices, agencies] = [await due('own'), await due('area')]
    expect([offices.length, total(offices)]).toEqual([22, 924])
    // Every office belongs to one agency, and no complaint changed hands.
    expect([agencies.length, total(agencies)]).toEqual([8, 924])
    const preview = await run((context) =>
      reportPreview(context, 'upt:nypd-brooklyn', { week: '2022-W18', format: 'text' }),
    )
    expect(preview.error).toBeUndefined()
    expect(preview.said).toContain('NYPD Brooklyn')
    const row = await city.rows<{ id: string }>(
      "SELECT id FROM events WHERE type = 'bina.resolution.resolved.v1' AND unit_id = 'upt:nypd-brooklyn' ORDER BY id LIMIT 1",
    )
    const traced = await run((context) => trace(context, { source: 'urn:nyc:open-data:311', id: row[0]?.id ?? '' }))
    expect(traced.answer).toMatchObject({
      fate: 'stored',
      moved: [{ what: 'complaint', units: [{ unitId: 'upt:nypd-brooklyn', score: 'service' }] }],
    })
  })

  it('imports the good rows beside a bad one only when told to', async () => {
    const csv = join(dataDir, 'list.csv')
    await writeFile(csv, 'No,In,Office\n1,2022-05-02 09:00,north\n2,yesterday,north\n3,2022-05-03 09:00,north\n')
    const mapping = join(dataDir, 'mapping.yaml')
    await writeFile(
      mapping,
      [
        'version: 1',
        'source: urn:test:list',
        `zone: ${zone}`,
        'calendarProfile: weekdays',
        "timeFormat: 'yyyy-MM-dd HH:mm'",
        "rows: { key: 'list:{No}' }",
        'directory: { validFrom: 2022-01-01, locale: en }',
        "units: { desk: { id: 'upt:{Office}', name: 'Desk {Office|title}', unitType: upt, headRole: Head } }",
        'received: { at: In, channel: { always: web }, kind: { always: complaint }, category: { always: delay }, slaClass: { always: light } }',
        'assigned: { at: In, unit: desk, ruledBy: coordinator }',
      ].join('\n'),
    )
    const refused = await run((context) => importCommand(context, mapping, csv, { apply: true, skipBad: false }))
    expect(refused.error).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('Nothing was published: 1 of 3 rows are bad'),
    })
    expect(refused.said).toContain(`${csv}:3:2: In is no time of the form`)
    const { answer } = await run((context) => importCommand(context, mapping, csv, { apply: true, skipBad: true }))
    expect(answer).toMatchObject({ applied: true, published: 5, good: 2, bad: 1 })
  })

  it("tells a mapping's faults with their lines and columns", async () => {
    const mapping = join(dataDir, 'broken.yaml')
    await writeFile(mapping, 'version: 1\nzone: Mars\n')
    const { error } = await run((context) =>
      importCommand(context, mapping, files.csv, { apply: false, skipBad: false }),
    )
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`${mapping}:2:7: zone: expected the name of a time zone`),
    })
  })
})

describe('an event whose source and id an earlier one has', () => {
  it('is told beside the one that stands, before and after it is set aside', async () => {
    const traceOf = () => run((context) => trace(context, { source, id: 'out-1' }))
    const other = clock('out-1', 'out', '2022-05-09T18:00:00-04:00')
    await city.publisher.publish([
      { topic: `${city.topicPrefix}bina.attendance.v1`, key: unitId, value: JSON.stringify(other) },
    ])
    await city.settled()
    const before = await traceOf()
    expect(before.answer).toMatchObject({
      fate: 'stored',
      event: { occurredAt: '2022-05-09T21:00:00.000Z' },
      others: [{ sameContent: true }, { sameContent: false }],
    })
    await city.sweep()
    const { said, answer } = await traceOf()
    expect(answer).toMatchObject({ fate: 'stored', letters: [{ reason: 'conflicting_duplicate', certain: true }] })
    expect(said).toContain('another message with this source and id')
    expect(said).not.toMatch(/^ {2}Conflict/m)
  })
})
