import { describe, expect, it } from 'vitest'
import { dayEntity } from '../fold/entity.ts'
import { clock, PERSON, withdrawal } from '../fold/test-events.ts'
import { chunks, readEntities } from './read-entities.ts'
import { createTestLog } from './test-log.ts'

const monday = dayEntity(PERSON, '2026-07-13')
const tuesday = dayEntity(PERSON, '2026-07-14')
const idsOf = (events: readonly { readonly id: string }[] | undefined) => events?.map(({ id }) => id)

describe('the events of an entity', () => {
  it('are those that stand, in order, and beside them all that were ever accepted', async () => {
    const { log } = createTestLog([
      clock('out', '2026-07-13 16:00', { id: 'out' }),
      clock('in', '2026-07-13 07:30', { id: 'in' }),
      clock('in', '2026-07-13 07:20', { id: 'better', supersedes: 'in' }),
      withdrawal('2026-07-14 09:00', 'out', { id: 'no-out' }),
    ])
    const { readAt, byEntity } = await readEntities(log, [monday, tuesday])
    expect(readAt).toBe('2026-07-13 09:00:00.000000')
    expect(idsOf(byEntity.get(monday)?.live)).toEqual(['better'])
    expect(idsOf(byEntity.get(monday)?.all)?.toSorted()).toEqual(['better', 'in', 'out'])
    expect(byEntity.get(tuesday)).toEqual({ live: [], all: [] })
  })

  it('stand again when what took them back is taken back in turn, wherever that lies', async () => {
    const { log } = createTestLog([
      clock('in', '2026-07-13 07:30', { id: 'in' }),
      withdrawal('2026-07-14 09:00', 'in', { id: 'no' }),
      clock('in', '2026-07-14 07:30', { id: 'other day', supersedes: 'no' }),
      withdrawal('2026-07-14 10:00', 'other day', { id: 'no other day' }),
    ])
    expect(idsOf((await readEntities(log, [monday])).byEntity.get(monday)?.live)).toEqual([])
    const without = createTestLog([
      clock('in', '2026-07-13 07:30', { id: 'in' }),
      withdrawal('2026-07-14 09:00', 'in', { id: 'no' }),
      withdrawal('2026-07-14 10:00', 'no', { id: 'restored' }),
    ])
    expect(idsOf((await readEntities(without.log, [monday])).byEntity.get(monday)?.live)).toEqual(['in'])
  })

  it('that replace each other in a ring are read to an end, and the last of the ring stands', async () => {
    const { log, asked } = createTestLog([
      clock('in', '2026-07-13 07:10', { id: 'a', supersedes: 'c' }),
      clock('in', '2026-07-13 07:20', { id: 'b', supersedes: 'a' }),
      clock('in', '2026-07-14 07:30', { id: 'c', supersedes: 'b' }),
    ])
    const { byEntity } = await readEntities(log, [monday, tuesday])
    expect(idsOf([...(byEntity.get(monday)?.live ?? []), ...(byEntity.get(tuesday)?.live ?? [])])).toEqual(['c'])
    expect(asked.length).toBeLessThan(6)
  })

  it('ask for no correction where there is none', async () => {
    const { log, asked } = createTestLog([clock('in', '2026-07-13 07:30')])
    await readEntities(log, [monday])
    expect(asked).toEqual(['time', 'events of 1'])
    expect((await readEntities(log, [])).byEntity.size).toBe(0)
    expect(asked).toHaveLength(2)
  })

  it('by the thousands are asked for in requests that a server takes', async () => {
    const { log, asked } = createTestLog([])
    await readEntities(
      log,
      Array.from({ length: 2_500 }, (_, at) => dayEntity(`person-${at}`, '2026-07-13')),
    )
    expect(asked).toEqual(['time', 'events of 1000', 'events of 1000', 'events of 500'])
    expect(chunks([1, 2, 3], 2)).toEqual([[1, 2], [3]])
    expect(chunks([])).toEqual([])
  })
})
