import { describe, expect, it } from 'vitest'
import { createWaitForServer } from './wait-for-server.ts'

const away = new Error('nobody listens')
const refused = new Error('wrong password')

function createWait(reach: (tries: number, signal: AbortSignal) => Promise<void>, firstDelayMs = 1) {
  const lines: string[] = []
  let tries = 0
  const line = (level: string) => (context: object | string, text?: string) =>
    void lines.push(`${level} ${text ?? String(context)}`)
  const kafka = createWaitForServer('Kafka', {
    reach: (signal) => reach(++tries, signal),
    isPassing: (error) => error === away,
    explain: (error) => `${(error as Error).message}: start it`,
    log: { info: line('info'), warn: line('warn'), error: line('error') } as never,
    firstDelayMs,
  })
  return { kafka, lines, tries: () => tries }
}

describe('a service that needs a server', () => {
  it('waits until it is there, and says meanwhile what is missing and what to do', async () => {
    const seen: unknown[] = []
    const { kafka, lines } = createWait(async (tries) => {
      seen.push(await kafka.ready())
      if (tries < 3) throw away
    })
    await kafka.start()
    expect(seen).toEqual(['Kafka was not asked yet', ...Array(2).fill('waiting: nobody listens: start it')])
    expect(lines).toEqual([...Array(2).fill('warn waiting: nobody listens: start it'), 'info Kafka is reached'])
    expect(await kafka.ready()).toBeUndefined()
  })

  it('ends at once when no waiting helps, and says why', async () => {
    const { kafka, lines, tries } = createWait(async () => {
      throw refused
    })
    await expect(kafka.start()).rejects.toBe(refused)
    expect([tries(), lines]).toEqual([1, ['error cannot start, and waiting does not help: wrong password: start it']])
    expect(await kafka.ready()).toBeDefined()
  })

  it('stops waiting when it is to stop, between two tries and in the middle of one', async () => {
    const stopping = new AbortController()
    const between = createWait(async () => {
      setImmediate(() => stopping.abort())
      throw away
    }, 3_600_000)
    await expect(between.kafka.start(stopping.signal)).rejects.toBeDefined()
    const middle = new AbortController()
    const { kafka, lines, tries } = createWait(async (_, signal) => {
      setImmediate(() => middle.abort())
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(away)))
    })
    await expect(kafka.start(middle.signal)).rejects.toBeDefined()
    expect([tries(), lines]).toEqual([1, []])
  })
})
