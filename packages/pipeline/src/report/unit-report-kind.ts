import type { ActionLibrary } from '@bina/reporting/action-library'
import type { ReportInput } from '@bina/reporting/report-input'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { suggestedStep } from '@bina/reporting/suggested-step'
import { createReportKind, type ReportKind, type ReportKindParts } from './report-kind.ts'
import { toldFigures } from './report-snapshot.ts'

export interface UnitReportKindParts extends Pick<ReportKindParts<ReportInput>, 'inputs'> {
  /** The steps that the page may suggest, and the words of those that were agreed on. */
  readonly library: ActionLibrary
}

/** The report of a kelurahan, kecamatan or UPT on itself: to its head, and the same words to the superior. */
export function createUnitReportKind({ library, ...parts }: UnitReportKindParts): ReportKind {
  return createReportKind<ReportInput>({
    ...parts,
    report: '',
    superiorsCopy: true,
    viewModel: (input, marks) => reportViewModel({ ...input, ...marks }, library),
    localeOf: ({ unit }) => unit.locale,
    toldOf: toldFigures,
    linkedOf: (input) => {
      const { actionCode, dueOn } = suggestedStep(input, library)
      const openActions = input.actions.filter(({ doneOn }) => doneOn === null)
      return {
        objectionUntil: input.objectionUntil,
        step: { actionCode, dueOn },
        ...(input.session === undefined ? {} : { session: input.session }),
        ...(openActions.length === 0 ? {} : { openActions }),
      }
    },
  })
}
