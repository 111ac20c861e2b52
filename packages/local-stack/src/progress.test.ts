import { expect, test } from 'vitest'
import { createProgress, type ProgressClock } from '../plain/progress.mjs'

function manualClock(): ProgressClock & { advance(ms: number): void } {
  let now = 0
  const timers = new Set<{ everyMs: number; nextMs: number; run: () => void }>()
  return {
    nowMs: () => now,
    every: (everyMs, run) => {
      const timer = { everyMs, nextMs: now + everyMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (ms) => {
      for (const end = now + ms; now < end; now += 100) {
        for (const timer of timers) {
          if (timer.nextMs > now) continue
          timer.nextMs = now + timer.everyMs
          timer.run()
        }
      }
    },
  }
}

function recorder(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => written.push(text) }
}

const ERASE = '\r\u001b[2K'

test('away from a terminal a long step says a line every five seconds, also when nothing moves', () => {
  const clock = manualClock()
  const stream = recorder(false)
  const step = createProgress(stream, clock).step("Fetching Kafka's jars", 92)
  step.update(23)
  clock.advance(5_100)
  clock.advance(5_000)
  step.done()
  clock.advance(20_000)
  expect(stream.written).toEqual([
    "Fetching Kafka's jars ...\n",
    "Fetching Kafka's jars: 23 of 92 (25 %) after 5.0 s\n",
    "Fetching Kafka's jars: 23 of 92 (25 %) after 10 s\n",
    "Fetching Kafka's jars: done (10 s)\n",
  ])
})

test('on a terminal a step is one line that is drawn anew and ends as a line that stays', () => {
  const clock = manualClock()
  const stream = recorder(true)
  const step = createProgress(stream, clock).step('Publishing', 100)
  clock.advance(200)
  step.update(50, 'week 3')
  expect(stream.written.at(-1)).toBe(`${ERASE}Publishing  [############------------]  50/100  0.2 s  week 3`)
  step.done('100 events')
  expect(stream.written.at(-1)).toBe(`${ERASE}Publishing: 100 events (0.2 s)\n`)
})

test('a line is cut to the width of the terminal, so that it is never drawn twice', () => {
  const stream = recorder(true, 20)
  createProgress(stream, manualClock()).step('A step with a long name that fills the window', 10)
  expect(stream.written.at(-1)?.slice(ERASE.length)).toHaveLength(19)
})

test('steps that overlap are named together, and one that has ended leaves the other drawn', () => {
  const clock = manualClock()
  const stream = recorder(true)
  const progress = createProgress(stream, clock)
  const kafka = progress.step('Starting Kafka')
  progress.step('Starting ClickHouse')
  expect(stream.written.at(-1)).toBe(`${ERASE}Starting Kafka  0.0 s  (and Starting ClickHouse)`)
  kafka.fail('port taken')
  expect(stream.written.slice(-2)).toEqual([
    `${ERASE}Starting Kafka: port taken (after 0.0 s)\n`,
    `${ERASE}Starting ClickHouse  0.0 s`,
  ])
})

test('a step that ends twice is told once, and a count beyond its total fills the bar and no more', () => {
  const stream = recorder(true)
  const step = createProgress(stream, manualClock()).step('Jars', 2)
  step.done()
  const lines = stream.written.length
  step.done()
  expect(stream.written).toHaveLength(lines)
  const clock = manualClock()
  const over = createProgress(stream, clock).step('Jars', 2)
  clock.advance(100)
  over.update(5)
  expect(stream.written.at(-1)).toContain(`[${'#'.repeat(24)}]`)
})
