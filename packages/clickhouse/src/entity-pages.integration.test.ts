import type { EntityPage } from '@bina/pipeline/ports/entity-log'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createEntityLog } from './entity-log.ts'
import { createEntityPages } from './entity-pages.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

let testDatabase: TestDatabase

beforeAll(async () => {
  testDatabase = await createTestDatabase(inject('clickhouseUrl'))
  const { client } = testDatabase
  // In two parts, with repeats: 40 days of three events each, one of 50, one corrected, and neighbours of other kinds.
  const insert = (values: string) =>
    client.command({ query: `INSERT INTO entity_event (entity, source, id, type, data, precedence) ${values}` })
  await insert(
    `SELECT concat('day|p', leftPad(toString(intDiv(number, 3)), 2, '0'), '|2026-01-05'), 's', toString(number), 't', '{}', number FROM numbers(120)`,
  )
  await insert(
    `SELECT concat('day|p', leftPad(toString(intDiv(number, 3)), 2, '0'), '|2026-01-05'), 's', toString(number), 't', '{"late":1}', number + 1 FROM numbers(60, 60)`,
  )
  await insert(`SELECT 'day|p20|2026-01-06', 's', concat('x', toString(number)), 't', '{}', number FROM numbers(50)`)
  await insert(
    `VALUES ('complaint|1', 's', 'c', 't', '{}', 1), ('day', 's', 'd', 't', '{}', 1), ('staff|p01', 's', 'e', 't', '{}', 1)`,
  )
  await client.command({
    query: `INSERT INTO revision (source, target_id, kind, id, precedence) VALUES ('s', '7', 'supersedes', '8', 1), ('s', 'c', 'withdraws', 'w', 1)`,
  })
}, 120_000)

afterAll(() => testDatabase?.drop())

it.each([7, 40, 1_000])('reads the log from end to end in whole entities, %i events at a time', async (limit) => {
  const log = createEntityLog(testDatabase.client)
  const pageAfter = createEntityPages(testDatabase.client, log)
  const pages: EntityPage[] = []
  for (let after = ''; ; ) {
    const page = await pageAfter('day', after, limit)
    if (page === undefined) break
    pages.push(page)
    after = page.entities.at(-1) ?? ''
  }
  const names = await log.entitiesOfKind('day')
  expect(names).toHaveLength(41)
  expect(pages.flatMap(({ entities }) => entities)).toEqual(names)
  const asNamed = await log.eventsOf(names)
  expect(pages.flatMap(({ events }) => events)).toEqual(asNamed.events)
  expect(pages.flatMap(({ revisions }) => revisions)).toEqual(asNamed.revisions)
  expect(asNamed.revisions).toHaveLength(1)
  if (limit === 1_000) expect(pages).toHaveLength(1)
})
