import { expect, inject, it } from 'vitest'
import { factsOfPersonDay } from './moved-figures.ts'
import { createTestDatabase } from './test-database.ts'

it('a day on which somebody came late, with one record made by hand and a check, adds to these measures and no others', async () => {
  const { client, drop } = await createTestDatabase(inject('clickhouseUrl'))
  const day = { personKey: 'p', workDate: '2026-06-01' }
  const lateness = { late_minutes: 5, late_class: 'TL1', lost_minutes: 5, full_day: 1 }
  const records = { clock_records: 2, manual_records: 1, checks_confirmed: 1 }
  await client.insert({
    table: 'person_day_store',
    values: [
      {
        ...{ unit_id: 'A', work_date: day.workDate, person_key: day.personKey, status: 'present' },
        ...lateness,
        ...records,
        version: '2026-06-02 00:00:00',
      },
    ],
    format: 'JSONEachRow',
  })
  const facts = await factsOfPersonDay(client, day)
  expect(facts.map(({ measure, numerator, denominator }) => `${measure} ${numerator}/${denominator}`)).toEqual([
    ...['A1 1/1', 'A2 0/1', 'A3 1/1', 'A4 5/1', 'A5.PSW1 0/1', 'A5.PSW2 0/1', 'A5.PSW3 0/1', 'A5.PSW4 0/1'],
    ...['A5.TL1 1/1', 'A5.TL2 0/1', 'A5.TL3 0/1', 'A5.TL4 0/1', 'B1 0/1', 'B3 1/2', 'C1 1/1'],
  ])
  await drop()
})
