import { describe, expect, it } from 'vitest'
import type { DeliveryState, ReportDelivery, ReportLedger, ReportRun, RunState } from '../ports/report-ledger.ts'
import { createGiveUpRun } from './give-up-run.ts'
import { runId, week } from './test-office.ts'

const dayMs = 86_400_000
const startedAtMs = Date.parse('2026-06-15T06:00:00+07:00')

function createOffice(state: RunState, cause: string, states: readonly DeliveryState[]) {
  const ends = state.startsWith('finished')
  let run: ReportRun = {
    period: week,
    runId,
    state,
    startedAtMs,
    finishedAtMs: ends ? startedAtMs : undefined,
    dataCompleteUntilMs: startedAtMs,
    units: 4,
    delivered: 0,
    failed: 0,
    suppressed: 0,
    cause,
  }
  const rows = new Map(
    states.map((of, at): [string, ReportDelivery] => {
      const recipient = `lurah-${at}@palembang.example`
      const rest = {
        locale: 'id',
        issue: 0,
        report: '',
        reader: 'unit_head',
        followUp: false,
        attempts: 3,
        messageId: `<${at}@x>`,
        smtpReply: '451 later',
      } as const
      return [recipient, { runId, unitId: `unit-${at}`, recipient, state: of, ...rest }]
    }),
  )
  const ledger: ReportLedger = {
    run: async () => run,
    runs: async () => [run],
    endedBeside: async () => 0,
    openWeeks: async () => [],
    writeRun: async (row) => {
      run = row
    },
    deliveries: async () => [...rows.values()],
    deliveryOf: async () => undefined,
    writeDelivery: async (row) => void rows.set(row.recipient, row),
  }
  const after = (days: number, catchUpDays = 2) =>
    createGiveUpRun(
      { zone: 'Asia/Jakarta', dueMinute: 360, catchUpMs: catchUpDays * dayMs },
      { ledger, clock: () => startedAtMs + days * dayMs },
    )(week)
  return { after, run: () => run, states: () => [...rows.values()].map(({ state: of }) => of) }
}

describe('a run that cannot be finished', () => {
  it('is tried for a fortnight, then closed with the command that tries again and with what stood in its way', async () => {
    const office = createOffice('running', '', ['sent', 'queued', 'failed', 'suppressed', 'queued'])
    expect(await office.after(14)).toBeUndefined()
    expect(office.run().state).toBe('running')
    expect(await office.after(14.01)).toMatchObject({
      state: 'finished_with_failures',
      finishedAtMs: startedAtMs + 14.01 * dayMs,
      delivered: 1,
      failed: 3,
      suppressed: 1,
    })
    expect(office.run().cause).toMatch(/npx bina report run --week 2026-06-08 .*2 mails waited/)
    expect(office.states()).toEqual(['sent', 'failed', 'failed', 'suppressed', 'failed'])
  })

  it('keeps the reason for which it was held', async () => {
    const office = createOffice('held', 'bina-sink is 12 messages behind', [])
    await office.after(15)
    expect(office.run().cause).toMatch(/npx bina report run --week 2026-06-08 .*12 messages behind/)
  })

  it('is closed also when it ended with mails that wait for another try, and only once', async () => {
    const office = createOffice('finished_with_failures', '1 mails were not taken', ['sent', 'queued'])
    expect(await office.after(15)).toMatchObject({ delivered: 1, failed: 1 })
    expect(await office.after(16)).toBeUndefined()
  })

  it('is tried on where the city catches up for longer', async () => {
    expect(await createOffice('held', 'the sink is behind', []).after(15, 28)).toBeUndefined()
  })

  it.each(['finished', 'finished_with_failures'] as const)('is not one that is %s', async (state) => {
    const office = createOffice(state, '', ['sent', 'failed'])
    expect(await office.after(15)).toBeUndefined()
    expect(office.states()).toEqual(['sent', 'failed'])
  })
})
