import { createLogger } from '@bina/runtime/logger'
import { describe, expect, it } from 'vitest'
import { ClockError, createClockCheck } from './clock-check.ts'

const hourMs = 3_600_000
const noon = Date.UTC(2026, 10, 9, 5)

/** Two machines: what is set on one of them, and what passes on both. */
function createMachines({ aheadMs = 0, answerTakesMs = 0 } = {}) {
  let passedMs = 1_000
  let setMs = aheadMs
  const problems: unknown[] = []
  const check = createClockCheck(
    { toleranceMs: 12 * hourMs, everyMs: 1 },
    {
      theirNowMs: async () => {
        const problem = problems.shift()
        if (problem !== undefined) throw problem
        const theirsMs = noon + passedMs
        passedMs += answerTakesMs
        return theirsMs
      },
      isPassing: (error) => error instanceof Error && error.message === 'away',
      clock: () => noon + passedMs + setMs,
      elapsedMs: () => passedMs,
      log: createLogger({ service: 'test', level: 'silent' }),
    },
  )
  return {
    check,
    problems,
    pass: (ms: number) => {
      passedMs += ms
    },
    setClock: (ms: number) => {
      setMs = ms
    },
    nowMs: () => noon + passedMs,
  }
}

describe("a clock that is compared with ClickHouse's", () => {
  it.each([
    ['the same', {}],
    ['11 hours behind', { aheadMs: -11 * hourMs }],
    ['11 hours ahead', { aheadMs: 11 * hourMs }],
    ['the same, and the answer came after a minute', { answerTakesMs: 60_000 }],
    // Nobody knows when in that time ClickHouse looked at its clock.
    ['a little too far ahead, if the answer had not taken so long', { aheadMs: 12 * hourMs, answerTakesMs: 60_000 }],
  ])('%s: the worker may start', async (_, wrong) => {
    const { check } = createMachines(wrong)
    await check.component.start()
    await check.component.stop()
    expect(await check.ready()).toBeUndefined()
  })

  it.each([
    ['behind', -25 * hourMs],
    ['ahead', 25 * hourMs],
  ])('25 hours %s: it does not start, and says what both clocks say and what to type', async (_, aheadMs) => {
    const { check } = createMachines({ aheadMs })
    await expect(check.component.start()).rejects.toThrow(ClockError)
    await expect(createMachines({ aheadMs }).check.component.start()).rejects.toThrow(
      /^this machine's clock says 2026-11-(08T04|10T06):.* and ClickHouse's says 2026-11-09T05:.*, 25 hours apart.*"timedatectl"/,
    )
  })

  it('waits for a ClickHouse that is away, and not for one that will never answer', async () => {
    const { check, problems } = createMachines()
    problems.push(new Error('away'))
    await check.component.start()
    await check.component.stop()
    const refused = new Error('wrong password')
    const other = createMachines()
    other.problems.push(refused)
    await expect(other.check.component.start()).rejects.toBe(refused)
  })

  it('that goes wrong later on ends the worker, also after a look that failed', async () => {
    const { check, problems, setClock } = createMachines()
    await check.component.start()
    problems.push(new Error('away'))
    setClock(-25 * hourMs)
    await expect(check.failed).rejects.toThrow(ClockError)
    await check.component.stop()
  })

  it('does not go back between two looks, and goes on with what passes', async () => {
    const { check, pass, setClock, nowMs } = createMachines()
    await check.component.start()
    await check.component.stop()
    setClock(-25 * hourMs)
    pass(7_000)
    expect(check.clock()).toBe(nowMs())
    setClock(hourMs)
    expect(check.clock()).toBe(nowMs() + hourMs)
  })
})
