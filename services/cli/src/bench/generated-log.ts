import { type ClickHouseSettings, connectClickHouse, databaseOf } from '@bina/clickhouse/connect'
import { migrate } from '@bina/clickhouse/migrate'
import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { dropDatabase } from './drop-database.ts'

const peoplePerUnit = 10
const weeks = 26
const daysOfPerson = weeks * 5
const eventsPerUnit = peoplePerUnit * daysOfPerson * 2
// Seconds on a free machine, and a fraction of the minute that a client waits on a busy one.
const portion = 100_000

export interface GeneratedLog {
  readonly settings: ClickHouseSettings
  readonly events: number
  readonly units: number
  /** Adds clock-outs for so many person-days of the last four weeks, all of the same 25 units whatever the size. Gives their entities. */
  readonly addLate: (round: number, count: number) => Promise<readonly string[]>
  readonly drop: () => Promise<void>
}

/** A city of clock-ins and clock-outs, written by the server itself into a database of its own, with the rows that would have been folded
 *  from them: a store of any size in seconds. */
export async function generateLog(
  server: ClickHouseSettings,
  options: {
    readonly zone: string
    readonly events: number
    readonly lastWeek: PlainDate
    readonly isFolded: boolean
    /** Rows laid out so far, of so many. */
    readonly onProgress: (done: number, total: number) => void
    readonly signal: AbortSignal
  },
): Promise<GeneratedLog> {
  const units = Math.max(25, Math.round(options.events / eventsPerUnit))
  const events = units * eventsPerUnit
  const database = `${databaseOf(server.url)}_bench_${events}`
  const settings = { ...server, url: `${new URL(server.url).origin}/${database}` }
  const first = addDays(options.lastWeek, -7 * (weeks - 1))
  await dropDatabase(server, database)
  await migrate(settings, { zone: options.zone })
  const client = connectClickHouse(settings)
  const command = (query: string) => client.command({ query })
  const rowsOf = { events, days: options.isFolded ? events / 2 : 0, weeks: options.isFolded ? units * weeks : 0 }
  let laid = 0
  /** A statement for each portion of the rows, which waits for the one before: no portion takes longer than a client waits. */
  const inPortions = async (rows: number, work: (from: number, count: number) => Promise<unknown>) => {
    for (let from = 0; from < rows; from += portion) {
      options.signal.throwIfAborted()
      const count = Math.min(portion, rows - from)
      await work(from, count)
      laid += count
      options.onProgress(laid, rowsOf.events + rowsOf.days + rowsOf.weeks)
    }
  }
  const unit = `concat('16.71.05.', leftPad(toString(intDiv(p, ${peoplePerUnit})), 6, '0'))`
  const person = "concat('person-', leftPad(toString(p), 8, '0'))"
  const date = `addDays(toDate('${first}'), intDiv(d, 5) * 7 + d % 5)`
  const insertEvents = (source: string) =>
    command(`INSERT INTO ingest (topic, topic_rank, partition, offset, record_at, ingested_at, outcome, source, id, type, subject,
        occurred_at, unit_id, entity, data, content_hash)
      SELECT 'bina.attendance.v1', 1, 0, n, at, at, 'event', 'urn:bina:bench', id, 'bina.attendance.recorded.v1', unit, at, unit,
        concat('day|', person, '|', toString(date)),
        concat('{"unitId":"', unit, '","personKey":"', person, '","workDate":"', toString(date), '","kind":"', kind, '","method":"device"}'),
        sipHash64(id)
      FROM (SELECT *, ${unit} AS unit, ${person} AS person, ${date} AS date,
        toDateTime64(concat(toString(date), if(kind = 'in', ' 00:20:00', ' 09:45:00')), 3, 'UTC') AS at FROM (${source}))`)
  try {
    await inPortions(rowsOf.events, (from, count) =>
      insertEvents(`SELECT number AS n, concat('e', toString(n)) AS id, if(n % 2 = 0, 'in', 'out') AS kind, intDiv(n, 2) % ${daysOfPerson} AS d,
        intDiv(n, ${2 * daysOfPerson}) AS p FROM numbers(${from}, ${count})`),
    )
    await command(`INSERT INTO ingest (topic, topic_rank, partition, offset, record_at, ingested_at, outcome, source, id, type, subject,
        occurred_at, unit_id, entity, data, content_hash)
      SELECT 'bina.directory.v1', 0, 0, number, at, at, 'event', 'urn:bina:bench', concat('u', toString(number)),
        'bina.directory.unit.v1', unit, at, unit, concat('unit|', unit),
        concat('{"unitId":"', unit, '","name":"', unit, '","unitType":"kelurahan","headRole":"Lurah","reportEmails":[],"locale":"id","scheduleProfile":"office_5d","validFrom":"${first}"}'), number
      FROM (SELECT number, concat('16.71.05.', leftPad(toString(number), 6, '0')) AS unit, toDateTime64('${first} 00:00:00', 3, 'UTC') AS at FROM numbers(${units}))`)
    if (options.isFolded) {
      const version = `toDateTime64('${first} 00:00:00', 6, 'UTC')`
      await command(`INSERT INTO unit_version (unit_id, valid_from, name, unit_type, locale, schedule_profile, version)
        SELECT concat('16.71.05.', leftPad(toString(number), 6, '0')), '${first}', '', 'kelurahan', 'id', 'office_5d', ${version} FROM numbers(${units})`)
      await inPortions(rowsOf.days, (from, count) =>
        command(`INSERT INTO person_day_store (unit_id, work_date, person_key, status, on_time, full_day, clock_records, version)
        SELECT ${unit}, ${date}, ${person}, 'present', 1, 1, 2, ${version}
        FROM (SELECT number % ${daysOfPerson} AS d, intDiv(number, ${daysOfPerson}) AS p FROM numbers(${from}, ${count}))`),
      )
      await command(`INSERT INTO unit_week_score_store (unit_id, week, score, status, as_of)
        SELECT concat('16.71.05.', leftPad(toString(intDiv(number, ${weeks * 2})), 6, '0')), addDays(toDate('${first}'), 7 * (intDiv(number, 2) % ${weeks})),
          if(number % 2 = 0, 'discipline', 'service'), 'provisional', ${version} FROM numbers(${units * weeks * 2})`)
      await inPortions(rowsOf.weeks, (from, count) =>
        command(`INSERT INTO unit_week_figures_store (unit_id, scope, week, figure.measure, figure.window, figure.numerator, figure.denominator,
          figure.estimate, figure.lower80, figure.upper80, as_of)
        SELECT concat('16.71.05.', leftPad(toString(intDiv(number, ${weeks})), 6, '0')), 'own', addDays(toDate('${first}'), 7 * (number % ${weeks})),
          arrayMap(i -> ['A1', 'A2', 'A3', 'A4', 'A5.TL1', 'A5.TL2', 'A5.PSW1', 'B1', 'B2', 'B3'][1 + intDiv(i, 2)], range(20)),
          arrayMap(i -> if(i % 2 = 0, 'W1', 'R4'), range(20)), ones, ones, ones, ones, ones, ${version}
        FROM (SELECT number, arrayMap(i -> 1., range(20)) AS ones FROM numbers(${from}, ${count}))`),
      )
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
    addLate: async (round, count) => {
      // Every person of the 25 units, four weeks: 5,000 person-days, of which each round takes others.
      const late = `SELECT number AS n, concat('late-${round}-', toString(n)) AS id, 'out' AS kind, ${daysOfPerson - 20} + (intDiv(n, 250) + ${round * 4}) % 20 AS d,
        n % 250 AS p FROM numbers(${count})`
      await insertEvents(late)
      const answer = await client.query({
        query: `SELECT concat('day|', ${person}, '|', toString(${date})) AS entity FROM (${late})`,
        format: 'JSONEachRow',
      })
      return (await answer.json<{ entity: string }>()).map(({ entity }) => entity)
    },
    drop: async () => {
      await client.close()
      await dropDatabase(server, database)
    },
  }
}
