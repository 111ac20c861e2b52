import { nothingMore } from '@bina/reporting/nothing-more'
import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { testActionLibrary } from '@bina/reporting/test-action-library'
import type { ReportControl } from '../ports/report-controls.ts'
import type { ReportDelivery, ReportLedger, ReportRun } from '../ports/report-ledger.ts'
import type { ReportMail, ReportMailer } from '../ports/report-mailer.ts'
import type { AddedRecipient, MadeChoice } from '../ports/report-recipients.ts'
import type { ReportSnapshot } from '../ports/report-snapshots.ts'
import type { Suppression, Suppressions } from '../ports/report-suppressions.ts'
import { createComposeMail } from './compose-mail.ts'
import { createMayRun } from './may-run.ts'
import { createReadAddressees } from './read-addressees.ts'
import { createReportKind, type HeldUnit, type ReportKind } from './report-kind.ts'
import { createResendCopies, type ResendDeps, type ResendRequest } from './resend-copies.ts'
import { createUnitReportKind } from './unit-report-kind.ts'
import { createWeeklyRun, type WeeklyRunDeps } from './weekly-run.ts'

// Tests only: a ledger and a mail server in memory, which outlive the process that writes the reports.

export const week = '2026-06-08'
export const runId = 'weekly-2026-W24'

export interface TestUnit {
  readonly unitId: string
  readonly reportEmails: readonly string[]
  readonly parentUnitId?: string
}

/** A unit that has nothing to tell but one figure. */
const inputOf = (unitId: string, nowMs: number, casesOverdue: ReportInput['casesOverdue']): ReportInput => ({
  unit: { id: unitId, name: unitId, type: 'upt', headRole: 'Kepala', locale: 'id', zone: 'Asia/Jakarta' },
  week,
  dataCompleteUntilMs: nowMs,
  nextRunMs: Date.parse('2026-06-22T06:00:00+07:00'),
  objectionUntil: '2026-06-22',
  stepDueOn: '2026-06-19',
  status: 'provisional',
  service: null,
  discipline: null,
  measures: [],
  casesDue: [],
  casesOverdue,
  ...nothingMore,
  spotChecks: { confirmed: 0, notConfirmed: 0 },
  policyVersion: 'v1',
  contact: 'pembinaan@palembang.example',
})

export class Crash extends Error {}
export class Away extends Error {}

/** What stays when a process ends: the ledger and the mails that a mail server took. */
export function createTestOffice(units: readonly TestUnit[]) {
  const runs = new Map<string, ReportRun>()
  const deliveries = new Map<string, ReportDelivery>()
  const suppressed = new Map<string, Suppression>()
  const controls = new Set<ReportControl>()
  const taken: ReportMail[] = []
  const tries: ReportMail[] = []
  const waits: number[] = []
  const kept = new Map<string, ReportSnapshot>()
  const progress: number[] = []
  const told: {
    readonly matters: readonly string[]
    readonly cause: string
    readonly heldUnits: readonly HeldUnit[]
  }[] = []
  const world = {
    units,
    added: [] as readonly AddedRecipient[],
    choices: [] as readonly MadeChoice[],
    behind: undefined as string | undefined,
    approvalWeeks: 0,
    endedBeside: 0,
    isOwned: () => true,
    stopping: new AbortController(),
    /** What befalls a write of this delivery; none is kept when it throws. */
    beforeMark: (_: ReportDelivery) => {},
    answer: (_: ReportMail): 'sent' | 'refused' | 'refused_content' | 'try_later' => 'sent',
    /** Throws where the figures of all, or the words of one, cannot be had. */
    beforeFigures: () => {},
    beforeUnit: (_: string) => {},
    beforeWords: (_: string) => {},
    heldUnits: [] as readonly HeldUnit[],
    /** What every unit's report says of now. */
    casesOverdue: [] as ReportInput['casesOverdue'],
    /** Kinds beside the units' own. */
    otherKinds: [] as readonly ReportKind[],
    /** A real mail server's, in place of the one that answers as told. */
    mailer: undefined as ReportMailer | undefined,
    nowMs: Date.parse('2026-06-15T06:00:00+07:00'),
    /** Effects until the process ends, and whether it ends before or after the last of them. */
    crash: undefined as { effects: number; when: 'before' | 'after' } | undefined,
    /** What others do while this process waits. */
    whileWaiting: () => {},
  }
  const effect = async <T>(act: () => T): Promise<T> => {
    const isLast = world.crash !== undefined && --world.crash.effects === 0
    if (isLast && world.crash?.when === 'before') throw new Crash()
    const result = act()
    if (isLast) throw new Crash()
    return result
  }
  const rowOf = ({ unitId, recipient, locale, issue, report, followUp }: ReportDelivery) =>
    [unitId, recipient, locale, issue, report, followUp].join(' ')
  const ledger: ReportLedger = {
    run: (id) => effect(() => runs.get(id)),
    runs: async () => [...runs.values()],
    endedBeside: async () => world.endedBeside,
    openWeeks: async () => [],
    writeRun: (run) => effect(() => void runs.set(run.runId, run)),
    deliveries: () => effect(() => [...deliveries.values()]),
    deliveryOf: async (messageId) => [...deliveries.values()].find((row) => row.messageId === messageId),
    writeDelivery: (delivery) =>
      effect(() => {
        world.beforeMark(delivery)
        deliveries.set(rowOf(delivery), delivery)
      }),
  }
  const replies = {
    sent: '250 kept',
    refused: '550 no such mailbox',
    refused_content: '554 no',
    try_later: '451 later',
  }
  const mailer: ReportMailer = {
    send: (mail) =>
      effect(() => {
        tries.push(mail)
        const answer = world.answer(mail)
        const reply = replies[answer]
        if (answer === 'sent') taken.push(mail)
        if (answer === 'sent' || answer === 'try_later') return { kind: answer, reply }
        return { kind: 'refused', reply, hardBounce: answer === 'refused' }
      }),
  }
  const snapshots: WeeklyRunDeps['snapshots'] = {
    inputsOf: ({ report }, unitIds) =>
      effect(() => [...kept.values()].filter((one) => one.report === report && unitIds.includes(one.unitId))),
    keep: (one) => effect(() => void kept.set(`${one.report}|${one.unitId}`, one)),
  }
  const suppressions: Suppressions = {
    list: async () => [...suppressed.values()],
    add: (one) => effect(() => void suppressed.set(one.recipient, { ...one, updatedAtMs: world.nowMs })),
    lift: (recipient) => effect(() => void suppressed.delete(recipient)),
  }
  async function* oneByOne(unitIds: readonly string[]) {
    for (const unitId of unitIds) {
      world.beforeUnit(unitId)
      yield world.heldUnits.find((one) => one.unitId === unitId) ?? {
        unitId,
        input: inputOf(unitId, world.nowMs, world.casesOverdue),
      }
    }
  }
  const unitKind = createUnitReportKind({
    library: testActionLibrary,
    inputs: ({ unitIds }) =>
      effect(() => {
        world.beforeFigures()
        const units = world.units.filter(({ unitId }) => unitIds === undefined || unitIds.includes(unitId))
        return { units: units.length, inputs: oneByOne(units.map(({ unitId }) => unitId)) }
      }),
  })
  /** A roll-up of these units. */
  const areaKind = (unitIds: readonly string[]) =>
    createReportKind<ReportInput>({
      report: 'area',
      superiorsCopy: false,
      inputs: async () => ({ units: unitIds.length, inputs: oneByOne(unitIds) }),
      viewModel: (input, marks) => reportViewModel({ ...input, ...marks }, testActionLibrary),
      localeOf: ({ unit }) => unit.locale,
    })
  const messageIdOf: WeeklyRunDeps['messageIdOf'] = ({ period, unitId, recipient, issue, report, followUp }) =>
    `<${[period, unitId, recipient, ...(issue === 0 ? [] : [issue]), ...(report === '' ? [] : [report]), ...(followUp ? ['follow-up'] : [])].join('.')}>`
  const compose = createComposeMail(
    { from: 'bina@palembang.example', replyTo: undefined, attachPdf: false },
    {
      makeLinks: ({ recipient, reader }) => ({
        unsubscribe: `https://bina.palembang.example/l/${reader}/${recipient}`,
      }),
      unsubscribeLink: ({ recipient, report }) => `https://bina.palembang.example/l/added/${report}/${recipient}`,
    },
  )
  const createDeps = (): WeeklyRunDeps & ResendDeps => ({
    ledger,
    mailer: world.mailer ?? mailer,
    suppressions,
    snapshots,
    isPaused: async () => controls.has('paused'),
    kinds: [unitKind, ...world.otherKinds],
    addressees: createReadAddressees(
      { zone: 'Asia/Jakarta' },
      {
        directory: {
          addressesOn: async () =>
            world.units.map((unit) => ({ parentUnitId: '', ...unit, name: unit.unitId, unitType: 'upt' })),
        },
        recipients: { added: async () => world.added, choices: async () => world.choices },
        clock: () => world.nowMs,
      },
    ),
    compose: async (of, copy) => {
      world.beforeWords(of.unitId)
      return compose(of, copy)
    },
    mayRun: createMayRun(
      { approvalWeeks: world.approvalWeeks },
      { ledger, controls: { of: async () => controls }, behind: () => effect(() => world.behind) },
    ),
    behind: async () => world.behind,
    tell: async (run, holds, heldUnits) => {
      if (holds.length > 0) told.push({ matters: holds.map(({ matter }) => matter), cause: run.cause, heldUnits })
    },
    onFault: (error) => {
      if (error instanceof Crash) throw error
    },
    assertOwned: () => {
      if (!world.isOwned()) throw new Error('another process has it')
    },
    signal: world.stopping.signal,
    keepTrying: async (write) => {
      for (;;) {
        try {
          return await write()
        } catch (error) {
          if (!(error instanceof Away)) throw error
        }
      }
    },
    messageIdOf,
    wait: async (ms) => {
      waits.push(ms)
      world.whileWaiting()
    },
    clock: () => world.nowMs,
    progress: (done) => void progress.push(done),
  })
  const config = { maxAttempts: 3, retryDelayMs: 100, atOnce: 1, takeOverMs: 5_000 }
  return {
    world,
    unitKind,
    areaKind,
    controls,
    suppressed,
    taken,
    tries,
    waits,
    kept,
    told,
    progress,
    /** By itself, as the clock does it, unless somebody asks. */
    run: (options: { readonly retryRefused: boolean } = { retryRefused: false }) =>
      createWeeklyRun(config, createDeps())(week, options),
    resend: (request: ResendRequest) => createResendCopies(config, createDeps())(week, request),
    ledgerRun: () => runs.get(runId),
    /** `recipient state attempts` of each delivery, in the order in which they were begun. */
    ledger: () => [...deliveries.values()].map(({ recipient, state, attempts }) => `${recipient} ${state} ${attempts}`),
    deliveries: () => [...deliveries.values()],
    /** Another process says what became of a mail. */
    mark: (delivery: ReportDelivery) => void deliveries.set(rowOf(delivery), delivery),
    takenBy: (recipient: string) => taken.filter(({ to }) => to === recipient),
  }
}
