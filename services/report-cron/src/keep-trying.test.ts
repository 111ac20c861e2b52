import { describe, expect, it } from 'vitest'
import { createKeepTrying } from './keep-trying.ts'

const away = new Error('ClickHouse is away')
const lost = new Error('another process has it')

function createWrites(
  failures: number,
  given: { readonly error?: Error; readonly onTry?: (tries: number) => void } = {},
) {
  const stopping = new AbortController()
  const world = { tries: 0, isOwned: true, stopping, told: 0 }
  const keepTrying = createKeepTrying({
    isPassing: (error) => error === away,
    assertOwned: () => {
      if (!world.isOwned) throw lost
    },
    signal: stopping.signal,
    onRetry: () => void world.told++,
    firstDelayMs: 1,
  })
  const write = () =>
    keepTrying(async () => {
      world.tries++
      given.onTry?.(world.tries)
      if (world.tries <= failures) throw given.error ?? away
    })
  return { world, write }
}

describe('a mark in the ledger', () => {
  it('is written again until it stands, and each failure is told', async () => {
    const { world, write } = createWrites(3)
    await write()
    expect([world.tries, world.told]).toEqual([4, 3])
  })

  it('is not written again when no waiting mends it', async () => {
    const wrong = new Error('no such table')
    const { world, write } = createWrites(3, { error: wrong })
    await expect(write()).rejects.toBe(wrong)
    expect(world.tries).toBe(1)
  })

  it('is tried once also when the process is already to stop: the mail has left', async () => {
    const { world, write } = createWrites(0)
    world.stopping.abort()
    await write()
    expect(world.tries).toBe(1)
  })

  it('holds up no process that is to stop', async () => {
    const { world, write } = createWrites(Number.POSITIVE_INFINITY, {
      onTry: (tries) => {
        if (tries === 3) world.stopping.abort()
      },
    })
    await expect(write()).rejects.toBe(away)
    expect(world.tries).toBe(3)
  })

  it('is left to the process that has the run now', async () => {
    const { world, write } = createWrites(Number.POSITIVE_INFINITY, {
      onTry: (tries) => {
        world.isOwned = tries < 2
      },
    })
    await expect(write()).rejects.toBe(lost)
    expect(world.tries).toBe(2)
  })
})
