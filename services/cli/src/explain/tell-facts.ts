import { textTable } from '../text-table.ts'
import { whole } from './change-words.ts'
import { type Explanation, leastPersons } from './explanation.ts'

const shownCases = 10
const measures = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const

/** Days by what became of them, and where the events are. Counts alone: the explanation of a unit is not about anybody in it. */
export function attendanceLines(attendance: Explanation['attendance'], all: boolean): readonly string[] {
  const { days, persons, from, to, suspectedOutages, events } = attendance
  if (persons > 0 && persons < leastPersons)
    return [
      `  Fewer than ${leastPersons} people stand behind A1 to A3: their days are not told one by one, since each would be somebody's own.`,
    ]
  if (days.length === 0) return [`  No working day of anybody is known from ${from} to ${to}.`]
  const dates = [...new Set(days.map(({ day }) => day))]
  const sum = (day: string, of: (row: (typeof days)[number]) => number) =>
    days.filter((row) => row.day === day).reduce((total, row) => total + of(row), 0)
  const table = textTable(
    [
      ['day', 'present', 'in time', 'full day', 'absent', 'excused', 'outage', 'checks', 'events'],
      ...dates.map((day) =>
        [
          day,
          sum(day, (row) => (row.status === 'present' ? row.personDays : 0)),
          sum(day, (row) => (row.status === 'present' ? row.onTime : 0)),
          sum(day, (row) => (row.status === 'present' ? row.fullDay : 0)),
          sum(day, (row) => (row.status === 'unexcused' ? row.personDays : 0)),
          sum(day, (row) => (/^(excused_leave|official_duty|flexible_work)$/.test(row.status) ? row.personDays : 0)),
          sum(day, (row) => (row.status === 'outage' ? row.personDays : 0)),
          `${sum(day, (row) => row.checksConfirmed)}/${sum(day, (row) => row.checksConfirmed + row.checksFailed)}`,
          events === undefined ? '?' : events.filter((event) => event.day === day).length,
        ].map(String),
      ),
    ],
    [1, 2, 3, 4, 5, 6, 7, 8],
  )
  return [
    `  Its person-days, of ${persons} people in A1, and the checks that confirmed them`,
    ...table.map((line) => `    ${line}`),
    ...(suspectedOutages.length === 0
      ? []
      : [`  Held as suspected outages, so that nobody is absent on them: ${suspectedOutages.join(', ')}`]),
    ...(events === undefined
      ? ['  The events behind them may not be read by this user.']
      : all
        ? ['  The events behind them', ...events.map(({ day, source, id }) => `    ${day}  ${source} ${id}`)]
        : ['  The events behind them: --all lists source and id of each.']),
  ]
}

/** Complaint by complaint what it adds to each measure, then its events. */
export function complaintLines(complaints: Explanation['complaints'], all: boolean): readonly string[] {
  if (complaints.length === 0) return ['  No complaint counts in this score.']
  const shown = all ? complaints : complaints.slice(0, shownCases)
  const cell = (complaint: (typeof complaints)[number], measure: string) => {
    const rows = complaint.counted.filter((one) => one.measure === measure)
    const [numerator, denominator] = [
      rows.reduce((sum, one) => sum + one.numerator, 0),
      rows.reduce((sum, one) => sum + one.denominator, 0),
    ]
    return rows.length === 0 ? '' : `${whole(numerator)}/${whole(denominator)}`
  }
  const table = textTable(
    [
      ['complaint', ...measures, 'events'],
      ...shown.map((complaint) => [
        complaint.complaintId,
        ...measures.map((measure) => cell(complaint, measure)),
        String(complaint.events.length),
      ]),
    ],
    measures.map((_, at) => at + 1).concat(measures.length + 1),
  )
  const left = complaints.length - shown.length
  return [
    '  Its complaints, and what each adds',
    ...table.map((line) => `    ${line}`),
    ...(left === 0 ? [] : [`    and ${left} more: --all lists them, and the source and id of each event.`]),
    ...(all
      ? [
          '  The events behind them',
          ...shown.flatMap(({ complaintId, events }) =>
            events.map(({ source, id, type }) => `    ${complaintId}  ${source} ${id}  ${type}`),
          ),
        ]
      : []),
  ]
}
