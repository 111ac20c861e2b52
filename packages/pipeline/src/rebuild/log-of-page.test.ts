import { expect, it } from 'vitest'
import { dayEntity, staffEntity } from '../fold/entity.ts'
import { clock, PERSON, withdrawal } from '../fold/test-events.ts'
import { readEntities } from '../score/read-entities.ts'
import { createTestLog } from '../score/test-log.ts'
import { logOfPage } from './log-of-page.ts'

const monday = dayEntity(PERSON, '2026-07-13')
const tuesday = dayEntity(PERSON, '2026-07-14')
const absence = dayEntity(PERSON, '2026-07-15')

it('a fold sees of a page what it would see of the log, at the time of the page, and asks the log for nothing that the page holds', async () => {
  const { log, asked } = createTestLog([
    clock('in', '2026-07-13 07:30', { id: 'in' }),
    clock('out', '2026-07-13 16:00', { id: 'out' }),
    withdrawal('2026-07-14 09:00', 'out', { id: 'no-out' }),
    clock('in', '2026-07-14 07:30', { id: 'tuesday' }),
  ])
  const wanted = [monday, absence, tuesday, staffEntity(PERSON)]
  const { byEntity } = await readEntities(log, wanted)
  const page = { entities: [monday, tuesday], ...(await log.eventsOf([monday, tuesday])) }
  asked.length = 0
  const readAt = '2026-07-01 00:00:00.000000'
  const paged = await readEntities(logOfPage(log, page, { readAt, withoutEvents: [absence] }), wanted)
  expect(paged.readAt).toBe(readAt)
  expect(paged.byEntity).toEqual(byEntity)
  expect(paged.byEntity.get(monday)?.live).toHaveLength(1)
  expect(asked.filter((question) => question.startsWith('events'))).toEqual(['events of 1'])
  expect(asked).not.toContain('time')
})
