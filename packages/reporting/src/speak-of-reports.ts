import type { ReportContext } from './report-context.ts'
import type { ReportConduct } from './report-input.ts'

/** Verified reports of 13 weeks as a clause: `3 laporan warga menyangkut cara mereka disambut; 1 di antaranya pada minggu tersebut`. */
export function speakOfReports({ category, inWeek, inR13 }: ReportConduct, context: ReportContext): string {
  const { messages, count } = context
  const said = messages.focus.reported[category](count(inR13))
  return inWeek === 0 ? said : `${said}${messages.focus.inThatWeek(count(inWeek), count(inR13))}`
}
