import type { ServiceEvent } from '@bina/events/service-event'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { simulateCity } from '@bina/simulator/simulate-city'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { cityTables } from '../harness/city-tables.ts'
import { bukitLama, clockIn, onRoster, unit, withdrawn } from '../harness/plain-events.ts'
import { secondThoughts } from '../harness/second-thoughts.ts'
import { shuffle } from '../harness/shuffle.ts'

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const zone = 'Asia/Jakarta'
const source = 'urn:test:city'
const contractTables = [
  'complaint',
  'complaint_custody',
  'events',
  'person_day',
  'unit',
  'unit_day',
  'unit_week_measure',
  'unit_week_score',
]

// What leans on something comes first, and what it leans on last.
const museum = 'upt:museum'
const first = [
  clockIn('museum-in', { person: 'of_museum', unitId: museum, at: '08:10' }),
  clockIn('roster-in', { person: 'on_roster' }),
  clockIn('correction-in', { person: 'corrected', at: '07:20', supersedes: 'corrected-in' }),
  clockIn('restored-in', { person: 'restored' }),
  withdrawn('restored-w2', 'restored-w1'),
  clockIn('taken-back-in', { person: 'taken_back' }),
  withdrawn('taken-back-w1', 'taken-back-in'),
  clockIn('mistaken-in', { person: 'mistaken' }),
]
const last = [
  unit('museum', museum, 'weekdays'),
  onRoster('roster', 'on_roster', bukitLama),
  clockIn('corrected-in', { person: 'corrected', at: '09:00' }),
  withdrawn('restored-w1', 'restored-in'),
  withdrawn('taken-back-w2', 'taken-back-w1'),
  clockIn('meant-in', { person: 'meant', supersedes: 'mistaken-in' }),
]

type Tables = ReadonlyMap<string, readonly string[]>

describe('a city told once and in order, and the same city told twice, shuffled, to two workers of each kind', () => {
  let told: TestCity
  let shuffled: TestCity
  let events: readonly EventToPublish[]
  let expected: Tables
  let final: Tables
  const days = async (person: string) =>
    shuffled.rows<{ date: string; status: string; late: number }>(
      `SELECT work_date AS date, status, late_minutes AS late FROM person_day WHERE person_key = {key: String} ORDER BY date`,
      { key: `person_${person}` },
    )
  const scoresOfMuseum = () => shuffled.rows("SELECT 1 FROM unit_week_score WHERE unit_id = 'upt:museum'")
  const people = ['of_museum', 'on_roster', 'corrected', 'restored', 'taken_back', 'mistaken']
  const look = async () =>
    Object.fromEntries(await Promise.all(people.map(async (one) => [one, await days(one)] as const)))
  let early: Awaited<ReturnType<typeof look>>
  let scoredEarly = 0

  beforeAll(async () => {
    const servers = { brokers: inject('kafkaBrokers'), clickhouseUrl: inject('clickhouseUrl'), clock: () => nowMs }
    told = await startTestCity(servers)
    shuffled = await startTestCity({ ...servers, sinkWorkers: 2, scoreWorkers: 2 })
    const city = [
      ...simulateCity({
        seed: 'order never matters',
        weeks: 6,
        lastWeekMonday: '2026-06-08',
        zone,
        calendar: told.calendar,
        source,
        units: 10,
        staffPerUnit: 4,
        complaintsPerUnitWeek: 4,
        withReassignments: true,
        withWaiting: true,
        withReopenings: true,
        withCorrections: true,
        withStaffMoves: true,
      }),
    ]
    const simulated = [...city, ...secondThoughts(city)]
    events = [...simulated, ...last, ...first]
    await told.publish(events)
    await told.settled()
    expected = await cityTables(told)

    const alone = new Set<EventToPublish>([
      ...simulated.filter(({ type }) => type === 'bina.event.withdrawn.v1'),
      ...last,
    ])
    const late = new Set<EventToPublish>([...heldBack(simulated), ...alone])
    await shuffled.publish(shuffle(events, 'first').filter((event) => !late.has(event)))
    await shuffled.settled()
    early = await look()
    scoredEarly = (await scoresOfMuseum()).length
    await shuffled.publish(shuffle([...events, ...late], 'second').filter((event) => !alone.has(event)))
    await shuffled.settled()
    // Alone, so that nothing but they themselves brings back what they move.
    await shuffled.publish(shuffle([...alone, ...alone], 'third'))
    await shuffled.settled()
    final = await cityTables(shuffled)
  }, 240_000)

  afterAll(async () => {
    await told?.stop()
    await shuffled?.stop()
  })

  it('has a few thousand events of every kind, and the tables of the contract are those that are compared', () => {
    expect(events.length).toBeGreaterThan(4_000)
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThanOrEqual(22)
    expect([...expected.keys()]).toEqual(expect.arrayContaining(contractTables))
    for (const name of contractTables) expect(expected.get(name)?.length, name).toBeGreaterThan(9)
  })

  it.each(contractTables)('has the same %s', (name) => {
    const there = new Set(expected.get(name))
    const here = new Set(final.get(name))
    const lacking = [...there].filter((row) => !here.has(row))
    const unasked = [...here].filter((row) => !there.has(row))
    expect({ lacking: lacking.slice(0, 5), unasked: unasked.slice(0, 5) }).toEqual({ lacking: [], unasked: [] })
    expect(final.get(name)).toHaveLength(expected.get(name)?.length ?? 0)
  })

  it('stored every event once, however often it came: what is received is stored, a duplicate or a dead letter', async () => {
    const sums = `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates,
      sum(dead_lettered) AS deadLettered, sum(missing) AS missing FROM ingest_balance`
    const stored = events.length
    expect(await told.rows(sums)).toEqual([{ received: stored, stored, duplicates: 0, deadLettered: 0, missing: 0 }])
    expect(await shuffled.rows(sums)).toEqual([
      { received: 2 * stored, stored, duplicates: stored, deadLettered: 0, missing: 0 },
    ])
  })

  it('shared the work: each of the two sink-workers and score-workers held partitions', async () => {
    const admin = shuffled.kafka.admin()
    await admin.connect()
    const { groups } = await admin.describeGroups(
      ['bina-sink', 'bina-fold', 'bina-judge'].map((name) => shuffled.topicPrefix + name),
    )
    await admin.disconnect()
    expect(
      groups.map(({ members }) => members.filter(({ memberAssignment }) => memberAssignment.length > 0).length),
    ).toEqual([2, 2, 2])
  })

  it('counts the people of a unit by its own hours, once the unit becomes known', async () => {
    expect(early.of_museum).toEqual([{ date: '2026-06-09', status: 'present', late: 40 }])
    expect(scoredEarly).toBe(0)
    expect(await days('of_museum')).toEqual([{ date: '2026-06-09', status: 'present', late: 0 }])
    expect((await scoresOfMuseum()).length).toBeGreaterThan(0)
  })

  it('finds absences where the roster comes after the punches', async () => {
    expect(early.on_roster).toEqual([{ date: '2026-06-09', status: 'present', late: 0 }])
    const found = await days('on_roster')
    expect(found).toContainEqual({ date: '2026-06-08', status: 'unexcused', late: 0 })
    expect(found).toContainEqual({ date: '2026-06-09', status: 'present', late: 0 })
    expect(found.length).toBeGreaterThan(5)
  })

  it('lets a correction stand that came before what it corrects', async () => {
    expect(early.corrected).toEqual([{ date: '2026-06-09', status: 'present', late: 0 }])
    expect(await days('corrected')).toEqual(early.corrected)
  })

  it("clears a person of what a correction says was somebody else's", async () => {
    expect(early.mistaken).toEqual([{ date: '2026-06-09', status: 'present', late: 0 }])
    expect(await days('mistaken')).toEqual([])
    expect(await days('meant')).toEqual(early.mistaken)
  })

  it('lets an event stand whose withdrawal is withdrawn, whichever of the three comes last', async () => {
    expect(early.taken_back).toEqual([])
    for (const person of ['restored', 'taken_back']) {
      expect(await days(person)).toEqual([{ date: '2026-06-09', status: 'present', late: 0 }])
    }
  })
})

/** Told last, after everything that leans on it. */
function heldBack(events: readonly ServiceEvent[]): ReadonlySet<ServiceEvent> {
  const taken = new Set(
    events.flatMap(({ supersedes, type, data }) => [
      ...(supersedes === undefined ? [] : [supersedes]),
      ...(type === 'bina.event.withdrawn.v1' ? [data.withdrawnId] : []),
    ]),
  )
  const isLate = (event: ServiceEvent, at: number) =>
    event.type === 'bina.directory.unit.v1' || event.type === 'bina.directory.staff.v1'
      ? at % 2 === 0
      : taken.has(event.id)
  return new Set(events.filter(isLate))
}
