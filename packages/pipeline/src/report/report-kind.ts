import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportLinks, ReportLocale } from '@bina/reporting/report-input'
import type { ReportViewModel } from '@bina/reporting/view-model'
import type { CopyReader, ReportDelivery, ReportName } from '../ports/report-ledger.ts'
import type { LinkedCopy } from '../ports/report-links.ts'
import type { MailAttachment } from '../ports/report-mailer.ts'

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
  /** To be told when a mail server has taken it, before the ledger says so: keeps what was said. Doing it twice changes nothing. */
  readonly said: (delivery: ReportDelivery) => Promise<void>
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

/** A kind of report: what it is made from, and how that is put in words. */
export interface ReportKindParts<Input> {
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
  readonly said?: (input: Input, delivery: ReportDelivery) => Promise<void>
}

export function createReportKind<Input>(kind: ReportKindParts<Input>): ReportKind {
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
      said: async (delivery) => kind.said?.(input, delivery),
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
