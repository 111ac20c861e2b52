import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import type { LinkedCopy } from '../ports/report-links.ts'
import { createReportKind, type ReportKind, type ReportKindParts } from './report-kind.ts'

export interface UnitReportKindParts extends Pick<ReportKindParts<ReportInput>, 'inputs' | 'said'> {
  /** The step that the page suggests, for the button that agrees on it. */
  readonly stepOf?: (input: ReportInput) => LinkedCopy['step']
}

/** The report of a kelurahan, kecamatan or UPT on itself: to its head, and the same words to the superior. */
export function createUnitReportKind(parts: UnitReportKindParts): ReportKind {
  return createReportKind<ReportInput>({
    ...parts,
    report: '',
    superiorsCopy: true,
    viewModel: (input, marks) => reportViewModel({ ...input, ...marks }),
    localeOf: ({ unit }) => unit.locale,
    linkedOf: (input) => {
      const step = parts.stepOf?.(input)
      const openActions = input.actions.filter(({ doneOn }) => doneOn === null)
      return {
        objectionUntil: input.objectionUntil,
        ...(step === undefined ? {} : { step }),
        ...(openActions.length === 0 ? {} : { openActions }),
      }
    },
  })
}
