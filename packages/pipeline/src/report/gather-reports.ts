import type { AskedReports, HeldUnit, ReportKind, RunReport } from './report-kind.ts'

export interface GatheredReports {
  /** Units that have a report of their own. */
  readonly units: number
  /** One after another, never all at once. */
  readonly reports: AsyncIterable<RunReport>
  /** Filled as the reports are taken. */
  readonly held: readonly HeldUnit[]
}

/** The reports of every kind. A kind whose figures cannot be had, or cannot be read on, is held from there and said so; the others go out. */
export async function gatherReports(
  kinds: readonly ReportKind[],
  asked: AskedReports,
  onFault: (error: unknown, kind: ReportKind) => void,
): Promise<GatheredReports> {
  const held: HeldUnit[] = []
  const hold = (error: unknown, kind: ReportKind) => {
    onFault(error, kind)
    const name = kind.report === '' ? 'unit reports' : `reports "${kind.report}"`
    const why = error instanceof Error ? error.message : String(error)
    held.push({ unitId: '', cause: `the figures of ${name} could not be read: ${why}` })
  }
  const opened: { readonly kind: ReportKind; readonly reports: AsyncIterable<RunReport | HeldUnit> }[] = []
  let units = 0
  for (const kind of kinds) {
    try {
      const of = await kind.reports(asked)
      opened.push({ kind, reports: of.reports })
      if (kind.report === '') units += of.units
    } catch (error) {
      hold(error, kind)
    }
  }
  async function* reports() {
    for (const { kind, reports: ofKind } of opened) yield* unlessHeld(ofKind, held, (error) => hold(error, kind))
  }
  return { units, reports: reports(), held }
}

async function* unlessHeld(
  reports: AsyncIterable<RunReport | HeldUnit>,
  held: HeldUnit[],
  onFault: (error: unknown) => void,
): AsyncGenerator<RunReport> {
  const iterator = reports[Symbol.asyncIterator]()
  try {
    for (;;) {
      // Only what the figures throw is theirs: a fault of who takes the reports never comes by here.
      const next = await iterator.next().catch((error: unknown) => {
        onFault(error)
        return { done: true, value: undefined } as const
      })
      if (next.done === true) return
      if ('cause' in next.value) held.push(next.value)
      else yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
