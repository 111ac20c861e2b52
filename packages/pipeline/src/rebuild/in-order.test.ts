import { describe, expect, it } from 'vitest'
import { inOrder } from './in-order.ts'

/** Work that ends when it is told to. */
function createWork() {
  const ends = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>()
  const work = (item: number) =>
    new Promise<void>((resolve, reject) => {
      ends.set(item, { resolve, reject })
    })
  return { ends, work }
}

const turns = async (count = 20) => {
  for (let i = 0; i < count; i++) await Promise.resolve()
}

describe('work in order', () => {
  it('settles what ended early after what began before it, and has no more under way than it may', async () => {
    const { ends, work } = createWork()
    const settled: number[] = []
    const all = inOrder([1, 2, 3], 2, work, async (item) => {
      settled.push(item)
    })
    await turns()
    expect([...ends.keys()]).toEqual([1, 2])
    ends.get(2)?.resolve()
    await turns()
    expect([settled, [...ends.keys()]]).toEqual([[], [1, 2]])
    ends.get(1)?.resolve()
    await turns()
    expect([settled, [...ends.keys()]]).toEqual([
      [1, 2],
      [1, 2, 3],
    ])
    ends.get(3)?.resolve()
    await all
    expect(settled).toEqual([1, 2, 3])
  })

  it('ends with an error once nothing is under way, and settles nothing behind it', async () => {
    const { ends, work } = createWork()
    const settled: number[] = []
    let ended = false
    const all = inOrder([1, 2, 3], 3, work, async (item) => {
      settled.push(item)
    }).finally(() => {
      ended = true
    })
    all.catch(() => {})
    await turns()
    ends.get(1)?.resolve()
    ends.get(2)?.reject(new Error('disk full'))
    await turns()
    expect(ended).toBe(false)
    ends.get(3)?.resolve()
    await expect(all).rejects.toThrow('disk full')
    expect(settled).toEqual([1])
  })

  it('ends with the error of the items themselves', async () => {
    const items = async function* () {
      yield 1
      throw new Error('stopped')
    }
    const settled: number[] = []
    const all = inOrder(
      items(),
      2,
      async () => {},
      async (item) => {
        settled.push(item)
      },
    )
    await expect(all).rejects.toThrow('stopped')
    expect(settled).toEqual([])
  })
})
