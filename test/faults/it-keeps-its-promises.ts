import { inForce } from '@bina/domain/dated'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Load } from '../harness/acknowledged-load.ts'
import { compareTable } from '../harness/compare-tables.ts'
import type { LoadCity } from '../harness/load-events.ts'
import { type ProcessCity, zone } from '../harness/process-city.ts'
import { calculateTables, type OracleTables } from '../oracle/oracle.ts'
import { balanceOf, type KeptPromises, keptPromises } from './kept-promises.ts'

export interface Loaded {
  readonly city: ProcessCity
  readonly load: Load
  readonly loadCity: LoadCity
}

const tables = [
  'unit',
  'complaint',
  'complaint_custody',
  'person_day',
  'unit_day',
  'unit_week_measure',
  'unit_week_score',
  'unit_week_duration',
] as const

/** Holds a city that has come to rest to everything that its producers were told. */
export function itKeepsItsPromises(given: () => Loaded, options: { readonly timeoutMs: number }): void {
  describe('afterwards', () => {
    let promises: KeptPromises
    let oracle: OracleTables

    beforeAll(async () => {
      const { city, load, loadCity } = given()
      promises = await keptPromises(city, load, loadCity)
      oracle = calculateTables(whatIsTrue(given(), promises))
    }, options.timeoutMs)

    it('has every acknowledged event once with its content, and no other more than once', () => {
      expect(promises.broken).toEqual([])
      expect(promises.stored).toBe(given().load.acknowledged + promises.unacknowledged.length)
    })

    it('knows of every message what became of it', async () => {
      const { inKafka, received, stored, duplicates, deadLettered, missing } = await balanceOf(given().city)
      expect(missing).toBe(0)
      expect(received).toBe(inKafka)
      expect(stored).toBe(promises.stored + given().loadCity.directory.length)
      expect(Number(stored) + Number(duplicates) + Number(deadLettered)).toBe(received)
      const letters = await given().city.rows<{ bytes: string; reason: string }>(
        'SELECT DISTINCT bytes, reason FROM dead_letter',
      )
      expect(new Set(letters.map(({ reason }) => reason))).toEqual(new Set(['not_json']))
      const setAside = new Set(letters.map(({ bytes }) => bytes))
      expect(given().load.nonsense.filter((words) => !setAside.has(words))).toEqual([])
      expect(given().load.nonsense.length).toBeGreaterThan(0)
    })

    for (const table of tables) {
      it(`has every column of ${table} as a separate calculation over what was acknowledged has it`, async () => {
        const { rows, differences } = await compareTable(given().city, oracle, table)
        expect(differences.slice(0, 10)).toEqual([])
        expect(rows).toBe(oracle[table].length)
        expect(rows).toBeGreaterThan(0)
      })
    }
  })
}

/** What was sent and is there: all that was acknowledged, and what got in without an answer. */
function whatIsTrue({ load, loadCity, city }: Loaded, { unacknowledged }: KeptPromises) {
  const unheard = new Set(unacknowledged)
  const numbers = Array.from({ length: load.begun }, (_, n) => n).filter(
    (n) => load.isAcknowledged(n) || unheard.has(n),
  )
  const nowMs = Date.now()
  return {
    events: [...loadCity.directory, ...numbers.map(loadCity.event)].map((event, offset) => ({
      ...event,
      occurredAtMs: Date.parse(event.time),
      supersedes: null,
      position: { recordMs: nowMs, topic: 't', partition: 0, offset },
    })),
    nowMs,
    zone,
    policyVersion: city.policy.version,
    personCorrelationOn: (week: string) => inForce(city.policy.scoring.personCorrelation, week),
  }
}
