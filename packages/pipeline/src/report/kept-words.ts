import type { PlainDate } from '@bina/domain/plain-date'
import type { ReportSnapshots } from '../ports/report-snapshots.ts'
import type { RunReport } from './report-kind.ts'

/** Which words the copies of a report are written in. */
export interface ReportWords {
  /** Each report in the words of its first copy, where one was begun; else as it stands. In the same order. */
  readonly settle: (reports: readonly RunReport[]) => Promise<readonly RunReport[]>
  /** To be called before a copy leaves: from then on these are the words. */
  readonly keep: (report: RunReport) => Promise<void>
}

/** The words that the week's first copy was begun with, whichever try of the run another copy leaves in: all readers read the same. */
export function createKeptWords(week: PlainDate, snapshots: Omit<ReportSnapshots, 'lastBefore'>): ReportWords {
  const kept = new WeakSet<RunReport>()
  return {
    settle: async (reports) => {
      const inputs = new Map<string, string>()
      for (const name of new Set(reports.map(({ report }) => report))) {
        const unitIds = reports.filter(({ report }) => report === name).map(({ unitId }) => unitId)
        for (const { unitId, input } of await snapshots.inputsOf({ week, report: name }, unitIds))
          inputs.set(`${name}|${unitId}`, input)
      }
      return reports.map((report) => {
        const input = inputs.get(`${report.report}|${report.unitId}`)
        if (input === undefined) return report
        const before = report.inWordsOf(input)
        kept.add(before)
        return before
      })
    },
    keep: async (report) => {
      if (kept.has(report)) return
      await snapshots.keep(report.snapshot())
      kept.add(report)
    },
  }
}

/** What is known now, as somebody who asks for a report once more wants it; nothing that the next report is compared with. */
export const wordsOfNow: ReportWords = { settle: async (reports) => reports, keep: async () => {} }
