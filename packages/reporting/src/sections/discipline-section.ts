import { findMeasure } from '../choose-focus.ts'
import type { ReportContext } from '../report-context.ts'
import type { ReportMeasure } from '../report-input.ts'
import { factOf, MINIMUM_FOR_PERCENT, withinWindow } from '../speak-of-measure.ts'
import type { Section } from '../view-model.ts'

/** Fewer person-days than these hide the discipline score (domain.md 5.5). */
const MINIMUM_PERSON_DAYS = 40

/** Two lines, after service: the records of attendance, and the random checks of them. */
export function disciplineSection(context: ReportContext): Section {
  return {
    id: 'discipline',
    heading: context.messages.discipline.heading,
    blocks: [
      { kind: 'paragraph', tone: 'plain', text: attendanceLine(context) },
      { kind: 'paragraph', tone: 'plain', text: spotCheckLine(context) },
    ],
  }
}

function attendanceLine(context: ReportContext): string {
  const { input, messages, formats, count } = context
  const attendance = findMeasure(input.measures, 'A1', 'R4')
  const row = input.discipline
  const fact = attendance === undefined ? '' : recordsText(attendance, context)
  if (row !== null && row.value !== null) {
    const [value = '', lower = '', upper = ''] = [row.value, row.lower80, row.upper80].map((v) =>
      formats.number(Math.round(v)),
    )
    return `${messages.discipline.score(value, lower, upper, messages.bands[row.band])} ${fact}`.trim()
  }
  if (attendance === undefined) return messages.discipline.noData
  if (attendance.denominator < MINIMUM_PERSON_DAYS) return messages.discipline.hidden(count(attendance.denominator))
  return `${fact} ${messages.discipline.hiddenWide}`
}

/** One denominator for all three, so one sentence holds them (domain.md 5.2). */
function recordsText(present: ReportMeasure, context: ReportContext): string {
  const { input, messages, count } = context
  const [onTime, fullDay] = ['A2', 'A3'].map((id) => findMeasure(input.measures, id, 'R4'))
  if (onTime?.denominator !== present.denominator || fullDay?.denominator !== present.denominator)
    return withinWindow(present, factOf(present, context), context)
  const [here, punctual, whole] = [present, onTime, fullDay].map(({ numerator }) => count(numerator).text)
  return messages.discipline.records(count(present.denominator), here ?? '', punctual ?? '', whole ?? '')
}

function spotCheckLine({ input, messages, formats, count }: ReportContext): string {
  const { confirmed, notConfirmed } = input.spotChecks
  const checks = confirmed + notConfirmed
  if (checks === 0) return messages.discipline.noChecks
  const x = count(confirmed)
  const n = count(checks)
  if (checks < MINIMUM_FOR_PERCENT) return messages.discipline.fewChecks(x, n)
  const confirmation = findMeasure(input.measures, 'C1', 'R4')
  const interval =
    confirmation === undefined
      ? '.'
      : messages.discipline.checksInterval(formats.percent(confirmation.lower80), formats.percent(confirmation.upper80))
  return `${messages.discipline.checks(x, n)}${interval}`
}
