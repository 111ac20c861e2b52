import { nothingMore } from '@bina/reporting/nothing-more'
import type { ReportInput } from '@bina/reporting/report-input'
import { testActionLibrary } from '@bina/reporting/test-action-library'
import type { ReportDelivery, ReportLedger, ReportRun } from '../ports/report-ledger.ts'
import type { ReportMailer } from '../ports/report-mailer.ts'
import type { UnitReport } from './report-inputs.ts'
import { createWeeklyRun, type WeeklyRunDeps } from './weekly-run.ts'

// Tests only: a ledger and a mail server in memory, which outlive the process that writes the reports.

export const week = '2026-06-08'
export const runId = 'weekly-2026-W24'

/** A unit that has nothing to tell, with these addresses. */
export function unitReport(unitId: string, reportEmails: readonly string[]): UnitReport {
  const unit = { unitId, name: unitId, unitType: 'upt', headRole: 'Kepala', locale: 'id', reportEmails }
  const input: ReportInput = {
    unit: { id: unitId, name: unitId, type: 'upt', headRole: 'Kepala', locale: 'id', zone: 'Asia/Jakarta' },
    week,
    dataCompleteUntilMs: Date.parse('2026-06-15T06:00:00+07:00'),
    nextRunMs: Date.parse('2026-06-22T06:00:00+07:00'),
    objectionUntil: '2026-06-22',
    status: 'provisional',
    service: null,
    discipline: null,
    measures: [],
    casesDue: [],
    casesOverdue: [],
    ...nothingMore,
    spotChecks: { confirmed: 0, notConfirmed: 0 },
    policyVersion: 'v1',
    contact: 'pembinaan@palembang.example',
  }
  return { unit, input }
}

type Mail = Parameters<ReportMailer['send']>[0]

async function* oneByOne(reports: readonly UnitReport[]) {
  yield* reports
}

export class Crash extends Error {}
export class Away extends Error {}

/** What stays when a process ends: the ledger and the mails that a mail server took. */
export function createTestOffice(reports: readonly UnitReport[]) {
  const runs = new Map<string, ReportRun>()
  const deliveries = new Map<string, ReportDelivery>()
  const taken: Mail[] = []
  const tries: Mail[] = []
  const waits: number[] = []
  const progress: [number, number][] = []
  const world = {
    reports,
    behind: undefined as string | undefined,
    isOwned: () => true,
    stopping: new AbortController(),
    /** What befalls a write of this delivery; none is kept when it throws. */
    beforeMark: (_: ReportDelivery) => {},
    answer: (_: Mail): 'sent' | 'refused' | 'try_later' => 'sent',
    nowMs: Date.parse('2026-06-15T06:00:00+07:00'),
    /** Effects until the process ends, and whether it ends before or after the last of them. */
    crash: undefined as { effects: number; when: 'before' | 'after' } | undefined,
  }
  const effect = async <T>(act: () => T): Promise<T> => {
    const isLast = world.crash !== undefined && --world.crash.effects === 0
    if (isLast && world.crash?.when === 'before') throw new Crash()
    const result = act()
    if (isLast) throw new Crash()
    return result
  }
  const rowOf = ({ unitId, recipient, locale, issue }: ReportDelivery) => [unitId, recipient, locale, issue].join(' ')
  const ledger: ReportLedger = {
    run: (id) => effect(() => runs.get(id)),
    openWeeks: async () => [],
    writeRun: (run) => effect(() => void runs.set(run.runId, run)),
    deliveries: () => effect(() => [...deliveries.values()]),
    writeDelivery: (delivery) =>
      effect(() => {
        world.beforeMark(delivery)
        deliveries.set(rowOf(delivery), delivery)
      }),
  }
  const mailer: ReportMailer = {
    send: (mail) =>
      effect(() => {
        tries.push(mail)
        const kind = world.answer(mail)
        if (kind === 'sent') taken.push(mail)
        return { kind, reply: kind === 'sent' ? '250 kept' : kind === 'refused' ? '550 no such mailbox' : '451 later' }
      }),
  }
  const deps: Omit<WeeklyRunDeps, 'signal'> = {
    ledger,
    mailer,
    inputs: () => effect(() => ({ units: world.reports.length, reports: oneByOne(world.reports) })),
    behind: () => effect(() => world.behind),
    assertOwned: () => {
      if (!world.isOwned()) throw new Error('another process has it')
    },
    keepTrying: async (write) => {
      for (;;) {
        try {
          return await write()
        } catch (error) {
          if (!(error instanceof Away)) throw error
        }
      }
    },
    messageIdOf: ({ period, unitId, recipient }) => `<${period}.${unitId}.${recipient}>`,
    wait: async (ms) => void waits.push(ms),
    clock: () => world.nowMs,
    progress: (done, total) => void progress.push([done, total]),
  }
  const config = {
    from: 'bina@palembang.example',
    replyTo: undefined,
    library: testActionLibrary,
    maxAttempts: 3,
    retryDelayMs: 100,
  }
  return {
    world,
    taken,
    tries,
    waits,
    progress,
    /** By itself, as the clock does it, unless somebody asks. */
    run: (options: { readonly retryRefused: boolean } = { retryRefused: false }) =>
      createWeeklyRun(config, { ...deps, signal: world.stopping.signal })(week, options),
    ledgerRun: () => runs.get(runId),
    /** `recipient state attempts` of each delivery, by unit. */
    ledger: () => [...deliveries.values()].map(({ recipient, state, attempts }) => `${recipient} ${state} ${attempts}`),
    deliveries: () => [...deliveries.values()],
    takenBy: (recipient: string) => taken.filter(({ to }) => to === recipient),
  }
}
