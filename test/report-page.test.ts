import { createReportPrint } from '@bina/print/report-print'
import { reportViewModel } from '@bina/reporting/report-view-model'
import { testActionLibrary } from '@bina/reporting/test-action-library'
import { describe, expect, it } from 'vitest'
import { goldenInputs } from '../packages/reporting/fixtures/golden-inputs.ts'

describe('a unit head who prints the note', () => {
  const print = createReportPrint()

  it.each(Object.entries(goldenInputs))('gets one A4 page: %s', async (_, input) => {
    const pdf = Buffer.from(await print.pdf(reportViewModel(input, testActionLibrary))).toString('latin1')
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1)
  })
})
