import type { ActionLibrary } from '../action-library.ts'
import type { AreaReportInput, AreaUnit } from '../area-report-input.ts'
import { findMeasure } from '../choose-focus.ts'
import { shownItems } from '../shown-items.ts'
import { MINIMUM_FOR_PERCENT } from '../speak-of-measure.ts'
import { unitLabel } from '../unit-label.ts'
import type { Block, ReportViewModel, Section } from '../view-model.ts'
import { actionsSection } from './actions-section.ts'
import { cappedTable } from './capped-table.ts'
import { findingsSection } from './findings-section.ts'
import { pooledSection } from './pooled-section.ts'
import { restatementsSection } from './restatements-section.ts'
import { frameSection, type RollUpContext, rightsSection, rollUpContext } from './roll-up-context.ts'
import { areaName, rollUpReport } from './roll-up-report.ts'
import { stuckSection } from './stuck-section.ts'

/** More units than these fill a phone, and a mail that is cut off at 100 kB; the CSV has all. */
const SHOWN_UNITS = 30

/** The report of a camat or kepala dinas: who may need help, what only a superior can unblock, and the area's figures added up. */
export function areaViewModel(input: AreaReportInput, library: ActionLibrary): ReportViewModel {
  const context = rollUpContext(input.area)
  const { words, count } = context
  const wanting = input.units.filter(({ help }) => help.length > 0)
  const why = words.area.why(areaName(input.area))
  const preheader = words.area.preheader(count(wanting.length))
  const sections = [
    helpSection(wanting, context),
    ...stuckSection(input, context, (n) => words.stuck.more(count(n))),
    actionsSection(input, library, context),
    ...findingsSection(input, context),
    pooledSection(words.figures.heading, input, context),
    checksSection(input, context),
    unitsSection(input.units, context),
    ...restatementsSection(input.restatements, context),
    frameSection(input, context),
    rightsSection(input, context),
  ]
  return rollUpReport(input, { ...words.area, preheader, why }, sections, context)
}

function helpSection(wanting: readonly AreaUnit[], { words, count }: RollUpContext): Section {
  const { heading, none, line, wants, question } = words.help
  if (wanting.length === 0) return { id: 'help', heading, blocks: [{ kind: 'paragraph', tone: 'plain', text: none }] }
  const wantsOf = ({ help }: AreaUnit) => help.map(({ kind, count: n }) => wants[kind](count(n))).join('; ')
  const items = shownItems(
    wanting,
    SHOWN_UNITS,
    (unit) => line(unitLabel(unit), wantsOf(unit)),
    (hidden) => words.units.more(count(hidden)),
  )
  return {
    id: 'help',
    heading,
    blocks: [
      { kind: 'list', items },
      { kind: 'question', text: question },
    ],
  }
}

function checksSection(input: AreaReportInput, context: RollUpContext): Section {
  return {
    id: 'checks',
    heading: context.words.checks.heading,
    blocks: [{ kind: 'paragraph', tone: 'plain', text: checksText(input, context) }],
  }
}

/** So many were found at their post, and between what shares that lies: of few the counts alone. */
function checksText(
  { spotChecks, measures }: AreaReportInput,
  { words, messages, formats, count }: RollUpContext,
): string {
  const { line, few, none } = words.checks
  const n = spotChecks.confirmed + spotChecks.notConfirmed
  if (n === 0) return none
  const said = line(count(spotChecks.confirmed), count(n))
  if (n < MINIMUM_FOR_PERCENT) return `${said}. ${few}`
  const share = findMeasure(measures, 'C1', 'R4')
  if (share === undefined) return `${said}.`
  return `${said}${messages.discipline.checksInterval(formats.percent(share.lower80), formats.percent(share.upper80))}`
}

function unitsSection(units: readonly AreaUnit[], { words, messages, formats, count }: RollUpContext): Section {
  const { heading, caption, unitColumn, serviceColumn, casesColumn, score, noScore, cases, interval, more } =
    words.units
  const rows = units.map((unit) => {
    const { service } = unit
    const [value, lower, upper] = [service?.value ?? 0, service?.lower80 ?? 0, service?.upper80 ?? 0].map((points) =>
      formats.number(Math.round(points)),
    )
    const text =
      service === null || service.value === null
        ? noScore
        : score(value ?? '', lower ?? '', upper ?? '', messages.bands[service.band].toLowerCase())
    return [unitLabel(unit), text, cases(count(unit.casesDue), count(unit.casesOverdue))]
  })
  const table = { caption, columns: [unitColumn, serviceColumn, casesColumn], rows }
  const quiet: Block = { kind: 'paragraph', tone: 'quiet', text: interval }
  return { id: 'units', heading, blocks: [...cappedTable(table, (n) => more(count(n)), SHOWN_UNITS), quiet] }
}
