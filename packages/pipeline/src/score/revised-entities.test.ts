import { describe, expect, it } from 'vitest'
import { dayEntity } from '../fold/entity.ts'
import { clock, PERSON, withdrawal } from '../fold/test-events.ts'
import { revisedEntities } from './revised-entities.ts'
import { createTestLog } from './test-log.ts'

const day = (date: string) => dayEntity(PERSON, date)
const target = (id: string) => ({ source: '/test', id })

describe('what a correction moves', () => {
  it('is the entity of the event that it names, and of what that one took back in turn', async () => {
    const { log } = createTestLog([
      clock('in', '2026-07-13 07:30', { id: 'first' }),
      clock('in', '2026-07-14 07:30', { id: 'second', supersedes: 'first' }),
      withdrawal('2026-07-14 09:00', 'second', { id: 'third' }),
      clock('in', '2026-07-15 07:30', { id: 'elsewhere' }),
    ])
    expect(await revisedEntities(log, [target('third')])).toEqual(['withdrawal', day('2026-07-14'), day('2026-07-13')])
    expect(await revisedEntities(log, [target('second')])).toEqual([day('2026-07-14'), day('2026-07-13')])
  })

  it('is nothing yet where the event that it names has not come', async () => {
    expect(await revisedEntities(createTestLog([]).log, [target('later')])).toEqual([])
  })

  it('comes to an end where corrections name each other in a ring, each asked for once', async () => {
    const { log, asked } = createTestLog([
      clock('in', '2026-07-13 07:10', { id: 'a', supersedes: 'c' }),
      clock('in', '2026-07-14 07:20', { id: 'b', supersedes: 'a' }),
      clock('in', '2026-07-15 07:30', { id: 'c', supersedes: 'b' }),
    ])
    const entities = [...(await revisedEntities(log, [target('a'), target('a')]))].sort()
    expect(entities).toEqual([day('2026-07-13'), day('2026-07-14'), day('2026-07-15')])
    expect(asked.length).toBeLessThanOrEqual(4)
  })

  it('of one system does not reach an event of another that has the same id', async () => {
    const { log } = createTestLog([clock('in', '2026-07-13 07:30', { id: 'first' })])
    expect(await revisedEntities(log, [{ source: '/other', id: 'first' }])).toEqual([])
  })

  it('asks for nothing when nothing is corrected', async () => {
    const { log, asked } = createTestLog([])
    await revisedEntities(log, [])
    expect(asked).toEqual([])
  })
})
