import { type ClickHouseSettings, connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { runIdOf } from '@bina/reporting/run-id'
import { dropDatabase } from './drop-database.ts'
import { uuidOf } from './scale/random-ids.ts'

const weeks = 26
const daysOfPerson = weeks * 5
const peoplePerUnit = 10
const unitsPerKecamatan = 10
/** Of a hundred events so many tell of clocks; the others of one complaint, from its receipt to its resolution. */
const clocksOfHundred = 96
const eventsPerUnit = peoplePerUnit * daysOfPerson * 2
// A second or two on a free machine, and a fraction of the minute that a client waits on a busy one.
const portion = 500_000

export interface AskedCity {
  readonly settings: ClickHouseSettings
  readonly events: number
  readonly units: number
  /** Values for the questions of docs/queries.md, others in each round. */
  readonly valuesOf: (round: number) => Readonly<Record<string, string>>
  readonly drop: () => Promise<void>
}

const pad = (number: string, width: number) => `leftPad(toString(${number}), ${width}, '0')`
const unitId = (u: string) => `concat('16.71.', ${pad(`intDiv(${u}, ${unitsPerKecamatan})`, 4)}, '.', ${pad(u, 6)})`
const kecamatanId = (k: string) => `concat('16.71.', ${pad(k, 4)})`
const personKey = (p: string) => `concat('person-', ${pad(p, 8)})`
const complaintId = (c: string) => `concat('K-', ${pad(c, 9)})`
/** Ids as real publishers make them: random, so that nothing is gained by their order. */
const eventId = (n: string) => `UUIDNumToString(MD5(concat('event-', toString(${n}))))`

/**
 * A city of any size that the server lays out by itself into a database of its own: its events, what is folded from them, and its weekly
 * tables. Of the events a test holds a sample against what the sink stores of the same messages.
 */
export async function layOutAskedCity(
  server: ClickHouseSettings,
  options: {
    readonly zone: string
    /** About so many; whole hundreds. */
    readonly events: number
    readonly lastWeek: PlainDate
    /** Rows laid out so far, of so many. */
    readonly onProgress: (done: number, total: number) => void
    readonly signal: AbortSignal
  },
): Promise<AskedCity> {
  const { lastWeek } = options
  const blocks = Math.max(1, Math.round(options.events / 100))
  const events = blocks * 100
  const units = Math.max(1, Math.ceil((blocks * clocksOfHundred) / eventsPerUnit))
  const personDays = Math.floor((blocks * clocksOfHundred) / 2)
  const database = `${databaseOf(server.url)}_bench_query_${events}`
  const settings = { ...server, url: `${new URL(server.url).origin}/${database}` }
  const first = addDays(lastWeek, -7 * (weeks - 1))
  await dropDatabase(server, database)
  await migrate(settings, { zone: options.zone })
  const client = connectClickHouse(settings)

  const week = `addDays(toDate('${first}'), 7 * w)`
  const asOf = `toDateTime64('${addDays(lastWeek, 8)} 00:00:00', 6, 'UTC')`
  const day = `addDays(toDate('${first}'), intDiv(d, 5) * 7 + d % 5)`
  const clockAt = (kind: string) =>
    `toDateTime64(concat(toString(${day}), if(${kind} = 'in', ' 00:20:00', ' 09:45:00')), 3, 'UTC')`
  const dayOfWeek = 'number % 2'
  const insertFigures = (scope: 'own' | 'area', unit: string, from: number, count: number) =>
    `INSERT INTO unit_week_figures_store (unit_id, scope, week, figure.measure, figure.window, figure.numerator,
          figure.denominator, figure.estimate, figure.lower80, figure.upper80, policy_version, as_of)
        SELECT ${unit}, '${scope}', ${week},
          arrayMap(i -> ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'C1', 'S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S8', 'S9', 'S10', 'S11', 'S12', 'K1'][1 + intDiv(i, 2)], range(40)),
          arrayMap(i -> if(i % 2 = 0, 'W1', if(i < 16, 'R4', 'R13')), range(40)),
          arrayMap(i -> toFloat64((h + i) % 50), range(40)), arrayMap(i -> 50., range(40)), arrayMap(i -> ((h + i) % 50) / 50, range(40)),
          arrayMap(i -> ((h + i) % 50) / 55, range(40)), arrayMap(i -> ((h + i) % 50) / 49, range(40)), 'v1', ${asOf}
        FROM (SELECT number, cityHash64(number) % 1000 AS h, number % ${weeks} AS w FROM numbers(${from}, ${count}))`
  const tables: readonly { readonly rows: number; readonly insert: (from: number, count: number) => string }[] = [
    { rows: events, insert: (from, count) => insertEvents(from, count, { units, first, day, clockAt }) },
    { rows: events, insert: (from, count) => insertOffsets(from, count) },
    {
      rows: units,
      insert: (from, count) => `INSERT INTO unit_version
        (unit_id, valid_from, name, unit_type, parent_unit_id, locale, schedule_profile, version)
        SELECT ${unitId('number')}, '${first}', concat('Kelurahan ', toString(number)), 'kelurahan',
          ${kecamatanId(`intDiv(number, ${unitsPerKecamatan})`)}, 'id', 'office_5d', ${asOf} FROM numbers(${from}, ${count})`,
    },
    {
      rows: Math.ceil(units / unitsPerKecamatan),
      insert: (
        from,
        count,
      ) => `INSERT INTO unit_version (unit_id, valid_from, name, unit_type, locale, schedule_profile, version)
        SELECT ${kecamatanId('number')}, '${first}', concat('Kecamatan ', toString(number)), 'kecamatan', 'id', 'office_5d', ${asOf}
        FROM numbers(${from}, ${count})`,
    },
    {
      rows: 1,
      insert: () => `INSERT INTO unit_version (unit_id, valid_from, name, unit_type, locale, schedule_profile, version)
        VALUES ('16.71', '${first}', 'Kota', 'city', 'id', 'office_5d', ${asOf})`,
    },
    {
      rows: personDays,
      insert: (from, count) => `INSERT INTO person_day_store
        (unit_id, work_date, person_key, status, on_time, full_day, clock_records, version)
        SELECT ${unitId(`intDiv(p, ${peoplePerUnit})`)}, ${day}, ${personKey('p')}, 'present', cityHash64(number) % 10 > 0, 1, 2, ${asOf}
        FROM (SELECT number, number % ${daysOfPerson} AS d, intDiv(number, ${daysOfPerson}) AS p FROM numbers(${from}, ${count}))`,
    },
    {
      rows: blocks,
      insert: (from, count) => `INSERT INTO complaint_store
        (complaint_id, channel, kind, category, sla_class, received_at, accountable_unit_id, response_due_at, due_at, responded_at, resolved_at,
          outcome, state, unit_ids, about_unit_id, version)
        SELECT ${complaintId('number')}, ['sp4n_lapor', 'walk_in', 'whatsapp', 'web'][1 + h % 4], 'complaint',
          ['delay', 'rude', 'convoluted', 'facility'][1 + h % 4], 'ordinary', at, unit, at + INTERVAL 5 DAY, at + INTERVAL 14 DAY,
          at + INTERVAL 3 DAY, if(is_open, NULL, at + INTERVAL 9 DAY), if(is_open, '', 'fixed'), if(is_open, 'open', 'resolved'), [unit], unit, ${asOf}
        FROM (SELECT number, cityHash64(number) AS h, h % 20 = 0 AS is_open, ${unitId(`number % ${units}`)} AS unit,
          toDateTime64('${first} 02:00:00', 3, 'UTC') + toIntervalDay(h % ${weeks * 7}) AS at FROM numbers(${from}, ${count}))`,
    },
    {
      rows: units * weeks * 2,
      insert: (from, count) => `INSERT INTO unit_week_score_store
        (unit_id, week, score, value, lower80, upper80, confidence, band, terms, status, policy_version, as_of)
        SELECT ${unitId(`intDiv(number, ${weeks * 2})`)}, ${week}, if(${dayOfWeek} = 0, 'discipline', 'service'), 60 + h % 40, 50 + h % 40, 65 + h % 35,
          'medium', ['kept', 'kept', 'needs_attention', 'inconclusive', 'not_enough_data', 'needs_support'][1 + (h % 60 > 50 ? 5 : h % 5)],
          map('on_time', 60. + h % 40, 'present', 70. + h % 30, 'checks', 50.), 'provisional', 'v1', ${asOf}
        FROM (SELECT number, cityHash64(number) AS h, intDiv(number, 2) % ${weeks} AS w FROM numbers(${from}, ${count}))`,
    },
    {
      rows: units * weeks,
      insert: (from, count) => insertFigures('own', unitId(`intDiv(number, ${weeks})`), from, count),
    },
    // The whole city's, added up.
    { rows: weeks, insert: (from, count) => insertFigures('area', "'16.71'", from, count) },
    {
      rows: units * weeks * 12,
      insert: (from, count) => `INSERT INTO unit_week_signal_store
        (unit_id, measure, week, chart, value, centre, lower_limit, upper_limit, rule, direction, p_value, phase, policy_version, as_of)
        SELECT ${unitId(`intDiv(number, ${weeks * 12})`)},
          ['A1', 'A2', 'A3', 'B1', 'B4', 'S1', 'S2', 'S3', 'S4', 'S5', 'S8', 'S10'][1 + intDiv(number, ${weeks}) % 12], ${week}, 'p_prime', (h % 100) / 100,
          0.8, 0.6, 1, if(h % 200 = 0, 'beyond', ''), if(h % 200 = 0, 'concern', 'none'), if(h % 200 = 0, 0.00001 * (1 + h % 7), 0.05 + (h % 90) / 100),
          'locked', 'v1', ${asOf}
        FROM (SELECT number, cityHash64(number) AS h, number % ${weeks} AS w FROM numbers(${from}, ${count}))`,
    },
    {
      rows: units * weeks,
      insert: (from, count) => `INSERT INTO unit_week_duration_store
        (unit_id, week, cases, censored, median_working_hours, p80_working_hours, policy_version, as_of)
        SELECT ${unitId(`intDiv(number, ${weeks})`)}, ${week}, h % 12, h % 4, 10 + h % 40, 40 + h % 60, 'v1', ${asOf}
        FROM (SELECT number, cityHash64(number) % 1000 AS h, number % ${weeks} AS w FROM numbers(${from}, ${count}))`,
    },
    {
      rows: units * weeks * 2,
      insert: (
        from,
        count,
      ) => `INSERT INTO final_score_store (unit_id, week, score, issue, old_value, value, cause, policy_version, at)
        SELECT ${unitId(`intDiv(number, ${weeks * 2})`)}, ${week}, if(number % 2 = 0, 'discipline', 'service'), cityHash64(number) % 50 = 0, 70, 71,
          'late event', 'v1', toDateTime64(${week} + 21, 6, 'UTC')
        FROM (SELECT number, intDiv(number, 2) % ${weeks} AS w FROM numbers(${from}, ${count}))`,
    },
    {
      rows: units * weeks,
      insert: (from, count) => `INSERT INTO report_delivery_store
        (run_id, unit_id, recipient, locale, issue, state, attempts, message_id, smtp_reply)
        SELECT arrayElement([${Array.from({ length: weeks }, (_, w) => `'${runIdOf(addDays(first, 7 * w))}'`).join()}], 1 + number % ${weeks}),
          ${unitId(`intDiv(number, ${weeks})`)}, concat('unit', toString(intDiv(number, ${weeks})), '@example.org'), 'id', 0,
          if(cityHash64(number) % 500 = 0, 'failed', 'sent'), 1, concat('<', toString(number), '@example.org>'), '250 ok' FROM numbers(${from}, ${count})`,
    },
  ]
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  let laid = 0
  try {
    for (const { rows, insert } of tables) {
      for (let from = 0; from < rows; from += portion) {
        options.signal.throwIfAborted()
        const count = Math.min(portion, rows - from)
        // Nothing is laid out twice, so that there are no repeats to look for.
        await client.command({ query: insert(from, count), clickhouse_settings: { optimize_on_insert: 0 } })
        laid += count
        options.onProgress(laid, total)
      }
    }
  } catch (error) {
    await client.close()
    await dropDatabase(server, database)
    throw error
  }
  return {
    settings,
    events,
    units,
    valuesOf: (round) => {
      // Steps that have no factor with the counts, so that each round asks of another unit.
      const unit = (round * 7919) % units
      const kecamatan = Math.floor(unit / unitsPerKecamatan)
      const complaint = (round * 104_729) % blocks
      const digits = (value: number, width: number) => String(value).padStart(width, '0')
      return {
        week: lastWeek,
        unit: `16.71.${digits(kecamatan, 4)}.${digits(unit, 6)}`,
        kecamatan: `16.71.${digits(kecamatan, 4)}`,
        run: runIdOf(lastWeek),
        complaint: `K-${digits(complaint, 9)}`,
        source: 'urn:bina:bench',
        event: uuidOf(`event-${(round * 15_485_863) % events}`),
        until: `${addDays(lastWeek, 5)} 00:00:00.000`,
      }
    },
    drop: async () => {
      await client.close()
      await dropDatabase(server, database)
    },
  }
}

interface Laid {
  readonly units: number
  readonly first: PlainDate
  readonly day: string
  readonly clockAt: (kind: string) => string
}

const clockOfEvent = `intDiv(n, 100) * ${clocksOfHundred} + n % 100`
const isClock = `n % 100 < ${clocksOfHundred}`
/** Which of a complaint's two messages of its topic, over all complaints. */
const caseOfEvent = `intDiv(n, 100) * 2 + (n % 100 - ${clocksOfHundred}) % 2`
const topicOfEvent = `multiIf(${isClock}, 'bina.attendance.v1', n % 100 < ${clocksOfHundred + 2}, 'bina.complaint.v1', 'bina.resolution.v1')`
// Offsets without a gap in six partitions of each topic.
const placeOfEvent = `if(${isClock}, ${clockOfEvent}, ${caseOfEvent})`

function insertEvents(from: number, count: number, { units, first, day, clockAt }: Laid): string {
  const clocks = `SELECT n, place, 'bina.attendance.v1' AS topic, 0 AS topic_rank, 'bina.attendance.recorded.v1' AS type,
      ${unitId(`intDiv(p, ${peoplePerUnit})`)} AS unit, unit AS subject, ${clockAt('kind')} AS at,
      concat('day|', ${personKey('p')}, '|', toString(${day})) AS entity,
      concat('{"unitId":"', unit, '","personKey":"', ${personKey('p')}, '","workDate":"', toString(${day}), '","kind":"', kind, '","method":"device"}') AS data
    FROM (SELECT n, ${clockOfEvent} AS place, if(place % 2 = 0, 'in', 'out') AS kind, intDiv(place, 2) AS pd, pd % ${daysOfPerson} AS d,
      intDiv(pd, ${daysOfPerson}) AS p FROM (SELECT number AS n FROM numbers(${from}, ${count})) WHERE ${isClock})`
  const cases = `SELECT n, place, ${topicOfEvent} AS topic, if(step < 2, 2, 4) AS topic_rank,
      ['bina.complaint.received.v1', 'bina.complaint.assigned.v1', 'bina.resolution.responded.v1', 'bina.resolution.resolved.v1'][1 + step] AS type,
      ${unitId(`c % ${units}`)} AS unit, ${complaintId('c')} AS subject,
      toDateTime64('${first} 02:00:00', 3, 'UTC') + toIntervalDay(cityHash64(c) % ${weeks * 7} + [0, 1, 3, 9][1 + step]) AS at,
      concat('complaint|', subject) AS entity,
      concat('{"complaintId":"', subject, '","unitId":"', unit, '"', [
        ',"channel":"web","kind":"complaint","category":"delay","slaClass":"ordinary"}', ',"ruledBy":"coordinator"}', ',"substantive":true}',
        ',"outcome":"fixed"}'][1 + step]) AS data
    FROM (SELECT n, ${caseOfEvent} AS place, n % 100 - ${clocksOfHundred} AS step, intDiv(n, 100) AS c
      FROM (SELECT number AS n FROM numbers(${from}, ${count})) WHERE NOT (${isClock}))`
  return `INSERT INTO event_store (source, id, type, subject, occurred_at, ingested_at, stored_at, record_at, topic, partition, offset, unit_id,
      entity, data, content_hash, precedence)
    SELECT 'urn:bina:bench', ${eventId('n')} AS id, type, subject, at, arrived, arrived + INTERVAL 1 SECOND, arrived, topic, place % 6, intDiv(place, 6),
      unit, entity, data, sipHash64(id),
      bitNot(bitOr(bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(arrived)), 72), bitShiftLeft(toUInt128(topic_rank), 64)),
        bitOr(bitShiftLeft(toUInt128(place % 6), 48), toUInt128(intDiv(place, 6)))))
    FROM (SELECT *, at + toIntervalMillisecond(20000 + n % 1000) AS arrived FROM (${clocks} UNION ALL ${cases}))`
}

function insertOffsets(from: number, count: number): string {
  return `INSERT INTO ingest_offset (topic, partition, offset, outcome, identity_hash, content_hash, source)
    SELECT ${topicOfEvent}, place % 6, intDiv(place, 6), 'event', sipHash64('urn:bina:bench', id), sipHash64(id), 'urn:bina:bench'
    FROM (SELECT number AS n, ${placeOfEvent} AS place, ${eventId('n')} AS id FROM numbers(${from}, ${count}))`
}
