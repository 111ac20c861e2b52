import { readFile } from 'node:fs/promises'
import { createBinaClient } from '@bina/client/bina-client'
import { runIdOf } from '@bina/reporting/run-id'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestCity, type TestCity } from '../harness/city.ts'
import { bukitLama, directoryOf, ilirBarat } from '../harness/four-offices.ts'
import { type ReportService, startReportService } from '../harness/report-service.ts'

// Three Mondays of a kelurahan and its camat, whose mailbox is busy on the second. Meanwhile a final figure moves.

const mondays = { '2026-06-01': '2026-06-08', '2026-06-08': '2026-06-15', '2026-06-15': '2026-06-22' } as const
type Week = keyof typeof mondays
const lurah = bukitLama.addresses[0] ?? ''
const camat = ilirBarat.addresses[0] ?? ''
const hourMs = 3_600_000
const restated = /71[\s\S]{0,60}\b64\b/

describe('a final figure that moves while mails of a week are still on their way', () => {
  let city: TestCity
  let reports: ReportService
  let nowMs = Date.parse('2026-06-08T06:00:30+07:00')
  let isBusy = false

  /** All mails about the kelurahan's week, as they left. */
  const textsOf = async (week: Week, recipient: string) => {
    const ids = new Set(
      (await reports.ledger.deliveries(runIdOf(week)))
        .filter((row) => row.unitId === bukitLama.id && row.report === '' && row.recipient === recipient)
        .map(({ messageId }) => messageId),
    )
    const mails = (await reports.mails()).filter(({ messageId }) => ids.has(messageId ?? ''))
    return Promise.all(mails.map(async ({ emlFile }) => (await simpleParser(await readFile(emlFile))).text ?? ''))
  }
  const ring = async (week: Week) => {
    await reports.ring(week, { byItself: true })
    await reports.answered()
    return reports.ledger.run(runIdOf(week))
  }

  beforeAll(async () => {
    city = await startTestCity({
      brokers: inject('kafkaBrokers'),
      clickhouseUrl: inject('clickhouseUrl'),
      clock: () => nowMs,
    })
    const client = createBinaClient(
      { source: 'urn:test:city', brokers: inject('kafkaBrokers').split(','), topicPrefix: city.topicPrefix },
      { clock: () => nowMs },
    )
    await client.sendBatch([...directoryOf({ ...bukitLama, parentId: ilirBarat.id }), ...directoryOf(ilirBarat)])
    await client.close()
    await city.settled()
    reports = await startReportService(city, {
      clock: () => nowMs,
      refuse: (address) => (isBusy && address === camat ? 451 : undefined),
    })
    await reports.answered()
  })

  afterAll(async () => {
    await reports?.stop()
    await city?.stop()
  })

  it('is in no copy of that week, however late it leaves', async () => {
    expect(await reports.ledger.run(runIdOf('2026-06-01'))).toMatchObject({ state: 'finished' })
    nowMs = Date.parse(`${mondays['2026-06-08']}T06:00:30+07:00`)
    await city.settled()
    isBusy = true
    expect(await ring('2026-06-08')).toMatchObject({ state: 'finished_with_failures' })

    nowMs += 2 * hourMs
    await city.clickhouse.insert({
      table: 'final_score_store',
      values: [
        {
          ...{ unit_id: bukitLama.id, week: '2026-05-11', score: 'service', issue: 1, old_value: 71, value: 64 },
          ...{ cause: 'late event', at: new Date(nowMs).toISOString().replace('T', ' ').replace('Z', '') },
        },
      ],
      format: 'JSONEachRow',
    })
    nowMs += hourMs
    isBusy = false
    expect(await ring('2026-06-08')).toMatchObject({ state: 'finished', failed: 0 })

    const [[own = ''], [copy = '']] = [await textsOf('2026-06-08', lurah), await textsOf('2026-06-08', camat)]
    const lines = (text: string) => text.split('\n').filter((line) => line !== '')
    const differing = lines(copy).filter((line) => !lines(own).includes(line))
    expect(differing.join(' ')).toMatch(/atasan langsung/i)
    expect(differing.length).toBeLessThanOrEqual(3)
    expect([restated.test(own), restated.test(copy)]).toEqual([false, false])
  })

  it('is told to both by the mail of the next week, and by that alone', async () => {
    nowMs = Date.parse(`${mondays['2026-06-15']}T06:00:30+07:00`)
    await city.settled()
    expect(await ring('2026-06-15')).toMatchObject({ state: 'finished' })
    for (const recipient of [lurah, camat]) {
      const [text = ''] = await textsOf('2026-06-15', recipient)
      expect(text).toMatch(restated)
    }
  })
})
