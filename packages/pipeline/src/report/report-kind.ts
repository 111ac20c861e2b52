import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportLinks, ReportLocale } from '@bina/reporting/report-input'
import type { ReportViewModel } from '@bina/reporting/view-model'
import type { CopyReader, ReportName } from '../ports/report-ledger.ts'
import type { LinkedCopy } from '../ports/report-links.ts'
import type { MailAttachment } from '../ports/report-mailer.ts'
import type { ReportSnapshot, ToldFigures } from '../ports/report-snapshots.ts'
import { nothingTold } from './report-snapshot.ts'

/** In what one copy of a report differs from another: the words are the same. */
export interface CopyMarks {
  readonly reader: CopyReader
  readonly marked?: 'resent' | 'test'
  readonly links?: ReportLinks
}

export interface AskedReports {
  readonly week: PlainDate
  readonly nowMs: number
  readonly dataCompleteUntilMs: number
  /** These units alone; all when absent. */
  readonly unitIds?: readonly string[]
}

/** What links are made from, beside the copy that they stand in. */
export type LinkFacts = Pick<LinkedCopy, 'objectionUntil' | 'step' | 'openActions' | 'session'>

/** One report of a run, before it is known who gets it. */
export interface RunReport {
  readonly report: ReportName
  readonly unitId: string
  readonly locale: ReportLocale
  /** Whether the superior gets it as well, besides standing in for a head who cannot be reached. */
  readonly superiorsCopy: boolean
  /** Absent where nobody can agree or object from it. */
  readonly linked?: LinkFacts
  readonly view: (marks: CopyMarks) => ReportViewModel
  readonly files: () => readonly MailAttachment[]
  /** What it says. */
  readonly snapshot: () => ReportSnapshot
  /** The same report with what was kept of it, a snapshot's `input`, in place of what is known now. */
  readonly inWordsOf: (input: string) => RunReport
}

/** A unit whose report cannot be had; '' for all of a kind. */
export interface HeldUnit {
  readonly unitId: string
  readonly cause: string
}

export interface ReportKind {
  readonly report: ReportName
  /** How many units have such a report, and each report, or why it cannot be had, as it is wanted: never all at once. */
  readonly reports: (asked: AskedReports) => Promise<{
    readonly units: number
    readonly reports: AsyncIterable<RunReport | HeldUnit>
  }>
}

/** What every report is made from: plain JSON. */
interface AnyInput {
  readonly week: PlainDate
  readonly dataCompleteUntilMs: number
}

/** A kind of report: what it is made from, and how that is put in words. */
export interface ReportKindParts<Input extends AnyInput> {
  readonly report: ReportName
  readonly superiorsCopy: boolean
  readonly inputs: (asked: AskedReports) => Promise<{
    readonly units: number
    readonly inputs: AsyncIterable<{ readonly unitId: string; readonly input: Input } | HeldUnit>
  }>
  readonly viewModel: (input: Input, marks: CopyMarks) => ReportViewModel
  readonly localeOf: (input: Input) => ReportLocale
  readonly linkedOf?: (input: Input) => LinkFacts
  readonly filesOf?: (input: Input) => readonly MailAttachment[]
  /** What the next report of the kind is compared with; nothing when absent. */
  readonly toldOf?: (input: Input) => ToldFigures
}

export function createReportKind<Input extends AnyInput>(kind: ReportKindParts<Input>): ReportKind {
  const { report, superiorsCopy } = kind
  const toReport = (unitId: string, input: Input): RunReport => {
    const linked = kind.linkedOf?.(input)
    return {
      report,
      unitId,
      superiorsCopy,
      locale: kind.localeOf(input),
      ...(linked === undefined ? {} : { linked }),
      view: (marks) => kind.viewModel(input, marks),
      files: () => kind.filesOf?.(input) ?? [],
      // What came to be known while mails went out is in none of them: the next is to tell it.
      snapshot: () => ({
        ...{ unitId, report, week: input.week, sentAtMs: input.dataCompleteUntilMs, input: JSON.stringify(input) },
        ...(kind.toldOf?.(input) ?? nothingTold),
      }),
      inWordsOf: (kept) => toReport(unitId, JSON.parse(kept) as Input),
    }
  }
  return {
    report,
    reports: async (asked) => {
      const { units, inputs } = await kind.inputs(asked)
      async function* reports() {
        for await (const one of inputs) yield 'cause' in one ? one : toReport(one.unitId, one.input)
      }
      return { units, reports: reports() }
    },
  }
}
