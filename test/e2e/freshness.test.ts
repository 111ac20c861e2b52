import { setInterval } from 'node:timers/promises'
import { steadyEvents } from '@bina/cli/bench/steady-events'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'

// How long an event takes from the broker's acknowledgement to the score of its unit, while the city publishes steadily.
// The figure is printed, not judged: it says as much of the machine as of Bina. What is judged is that every probe arrives.

const nowMs = Date.parse('2026-06-17T10:00:00+07:00')
const probeWeek = '2026-04-20'
const steady = steadyEvents({ probeWeek, units: 60 })
const eventsPerSecond = 500
const warmUpSeconds = 6
const measuredSeconds = 20
const probes = 100

let city: TestCity

beforeAll(async () => {
  city = await startTestCity({
    brokers: inject('kafkaBrokers'),
    clickhouseUrl: inject('clickhouseUrl'),
    clock: () => nowMs,
    // As the product is delivered: what is measured is not to share the servers with thirty times as many looks at the clock.
    clockEveryMs: 15_000,
  })
  await city.publish(steady.directory())
  await city.settled()
})

afterAll(() => city?.stop())

/** How many probes the scores of each unit know: the measure counts them, and the score was made with it. */
async function probesInScores(unitIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ofTheWeek = 'unit_id IN {units: Array(String)} AND week = {week: Date}'
  const rows = await city.rows<{ unitId: string; counted: number }>(
    `SELECT m.unit_id AS unitId, m.denominator AS counted
     FROM (SELECT * FROM unit_week_measure WHERE ${ofTheWeek} AND scope = 'own' AND measure = 'A1' AND window = 'W1') AS m
     INNER JOIN (SELECT * FROM unit_week_score WHERE ${ofTheWeek} AND score = 'discipline') AS s
     ON m.unit_id = s.unit_id AND m.as_of = s.as_of`,
    { units: unitIds, week: probeWeek },
  )
  return new Map(rows.map(({ unitId, counted }) => [unitId, counted]))
}

interface Probe {
  readonly unitId: string
  /** It is in once its unit's count is this high. */
  readonly countWithIt: number
  readonly acknowledgedMs: number
}

it(`shows an event in its unit's scores within seconds, at ${eventsPerSecond} events a second`, async () => {
  const waiting: Probe[] = []
  const delaysMs: number[] = []
  const startedMs = performance.now()
  const elapsedSeconds = () => (performance.now() - startedMs) / 1000

  const publish = async () => {
    const sentTo = new Map<string, number>()
    let published = 0
    let sent = 0
    for await (const _ of setInterval(20)) {
      const due = Math.floor(elapsedSeconds() * eventsPerSecond)
      const load = Array.from({ length: due - published }, (_, at) => steady.event(published + at))
      const share = Math.max(0, (elapsedSeconds() - warmUpSeconds) / measuredSeconds)
      const fresh = Array.from({ length: Math.min(probes, Math.floor(share * probes)) - sent }, (_, at) =>
        steady.probe(sent + at),
      )
      await city.publish([...load, ...fresh.map(({ event }) => event)])
      const acknowledgedMs = performance.now()
      for (const { unitId } of fresh) {
        const countWithIt = (sentTo.get(unitId) ?? 0) + 1
        sentTo.set(unitId, countWithIt)
        waiting.push({ unitId, countWithIt, acknowledgedMs })
      }
      published += load.length
      sent += fresh.length
      if (sent === probes) return published / elapsedSeconds()
    }
    return expect.unreachable()
  }
  const allAreIn = async () => {
    if (waiting.length > 0) {
      const counted = await probesInScores([...new Set(waiting.map(({ unitId }) => unitId))])
      const seenMs = performance.now()
      for (const probe of waiting.splice(0)) {
        if ((counted.get(probe.unitId) ?? 0) < probe.countWithIt) waiting.push(probe)
        else delaysMs.push(seenMs - probe.acknowledgedMs)
      }
    }
    return delaysMs.length === probes
  }

  const withinMs = (warmUpSeconds + measuredSeconds + 60) * 1000
  const [rate] = await Promise.all([publish(), until(allAreIn, { withinMs, what: 'the last probe', everyMs: 50 })])
  delaysMs.sort((a, b) => a - b)
  const quantile = (share: number) => ((delaysMs[Math.ceil(share * probes) - 1] ?? Number.NaN) / 1000).toFixed(2)
  console.log(
    `freshness: p50 ${quantile(0.5)} s, p99 ${quantile(0.99)} s over ${probes} probes at ${Math.round(rate)} events a second`,
  )
  expect(delaysMs).toHaveLength(probes)
})
