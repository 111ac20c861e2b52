import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolicyLog } from '@bina/clickhouse/policy-log'
import { addDays, isoWeekday } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { PolicyBehindError } from '@bina/pipeline/policy/policy-behind-error'
import { loadPolicy } from '@bina/runtime/load-policy'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { parseDocument } from 'yaml'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { unit } from '../harness/plain-events.ts'

const unitId = '16.71.05.1003'
const people = Array.from({ length: 12 }, (_, at) => `person_${String(at).padStart(2, '0')}`)
const changedFrom = '2026-06-08'

// Friday evening, when the weeks of June are still provisional; later they are final.
let nowMs = Date.parse('2026-06-19T18:00:00+07:00')
const servers = { brokers: inject('kafkaBrokers'), clickhouseUrl: inject('clickhouseUrl'), clock: () => nowMs }
let city: TestCity
let policyDir: string
let versions: readonly [before: string, after: string]

beforeAll(async () => {
  policyDir = await mkdtemp(join(tmpdir(), 'bina-policy-'))
  await cp('policy', policyDir, { recursive: true })
  const { version } = await loadPolicy(policyDir)
  versions = [version, `${version}-next`]
  await tolerateFrom(policyDir, changedFrom, 15, versions[1])
  city = await startTestCity(servers)
})

afterAll(async () => {
  await city?.stop()
  await rm(policyDir, { recursive: true })
})

/** A quarter of an hour is forgiven from a day on; the files say so under a new version. */
async function tolerateFrom(dir: string, day: string, minutes: number, version: string): Promise<void> {
  const attendance = parseDocument(await readFile(join(dir, 'attendance.yaml'), 'utf8'))
  attendance.setIn(['toleranceMinutes', 0, 'validTo'], addDays(day, -1))
  attendance.addIn(
    ['toleranceMinutes'],
    attendance.createNode({ validFrom: day, basis: 'A test', status: 'in_force', value: minutes }),
  )
  await writeFile(join(dir, 'attendance.yaml'), attendance.toString())
  const { contents } = await loadPolicy(dir)
  const named = parseDocument(await readFile(join(dir, 'version.yaml'), 'utf8'))
  named.set('version', version)
  named.addIn(['history'], named.createNode({ version, contents }))
  await writeFile(join(dir, 'version.yaml'), named.toString())
}

/** Ten minutes late, and gone five minutes after the end: not made up. */
function tenMinutesLate(personKey: string, workDate: string): readonly EventToPublish[] {
  const end = isoWeekday(workDate) === 5 ? '16:35' : '16:05'
  return (['in', 'out'] as const).map((kind) => ({
    source: 'urn:test:city',
    id: `${personKey} ${workDate} ${kind}`,
    type: 'bina.attendance.recorded.v1',
    subject: unitId,
    time: `${workDate}T${kind === 'in' ? '07:40' : end}:00+07:00`,
    data: { unitId, personKey, workDate, kind, method: 'device' },
  }))
}

const inTime = async () => {
  const rows = await city.rows<{ week: string; numerator: number; denominator: number; version: string }>(
    `SELECT toString(m.week) AS week, numerator, denominator, policy_version AS version FROM unit_week_measure AS m
     WHERE measure = 'A2' AND window = 'W1' ORDER BY week`,
  )
  return Object.fromEntries(rows.map(({ week, ...row }) => [week, row]))
}
const scores = () =>
  city.rows<{ week: string; version: string; status: string }>(
    `SELECT toString(s.week) AS week, policy_version AS version, status FROM unit_week_score AS s
     WHERE score = 'discipline' ORDER BY week`,
  )

it('works out again what a rule with a past date of validity touches, and leaves what lies before it as it was', async () => {
  const [before, after] = versions
  const dates: string[] = []
  for (let date = '2026-06-02'; date <= '2026-06-18'; date = addDays(date, 1))
    if (city.calendar.shiftOn('office_5d', date) !== undefined) dates.push(date)
  const daysOf = (week: string) => people.length * dates.filter((date) => mondayOf(date) === week).length
  await city.publish([
    unit('unit', unitId),
    ...people.flatMap((one) => dates.flatMap((date) => tenMinutesLate(one, date))),
  ])
  await city.settled()
  // Final, having been seen as provisional.
  nowMs = Date.parse('2026-07-06T05:00:00+07:00')
  const finals = async () => (await scores()).filter(({ status }) => status === 'final').map(({ week }) => week)
  await expect.poll(finals, { timeout: 120_000 }).toEqual(['2026-06-01', '2026-06-08', '2026-06-15'])
  await city.settled()
  const late = (week: string) => ({ numerator: 0, denominator: daysOf(week), version: before })
  const first = { '2026-06-01': late('2026-06-01'), '2026-06-08': late('2026-06-08'), '2026-06-15': late('2026-06-15') }
  expect(await inTime()).toEqual(first)
  await city.stop({ keepData: true })

  const { topicPrefix, database } = city
  city = await startTestCity({ ...servers, policyDir, names: { topicPrefix, database }, scoreWorkers: 2 })
  const policyLog = createPolicyLog(city.clickhouse, { zone: city.zone })
  await expect.poll(async () => (await policyLog.applied())?.version, { timeout: 120_000 }).toBe(after)
  await city.settled()

  const forgiven = (week: string) => ({ numerator: daysOf(week), denominator: daysOf(week), version: after })
  await expect.poll(inTime, { timeout: 120_000 }).toEqual({
    ...first,
    '2026-06-08': forgiven('2026-06-08'),
    '2026-06-15': forgiven('2026-06-15'),
  })
  expect((await scores()).map(({ week, version }) => [week, version])).toEqual([
    ['2026-06-01', before],
    ...['2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29', '2026-07-06'].map((week) => [week, after]),
  ])
  const restated = await city.rows<{ week: string; cause: string; upwards: number }>(
    `SELECT toString(r.week) AS week, cause, new_value > old_value AS upwards FROM score_restatement AS r
     WHERE score = 'discipline' ORDER BY week`,
  )
  const cause = `policy ${before} -> ${after}`
  expect(restated).toEqual(['2026-06-08', '2026-06-15'].map((week) => ({ week, cause, upwards: 1 })))
})

it('ends a score-worker that has older rules than those that the tables are on their way to', async () => {
  const policyLog = createPolicyLog(city.clickhouse, { zone: city.zone })
  await policyLog.setUnderWay({ target: 'later rules', through: '', version: `${versions[1]}-later` })
  await city.publish(tenMinutesLate('person_late', '2026-06-18'))
  await expect(city.settled()).rejects.toThrow(PolicyBehindError)
})
