import type { Lane } from '@bina/events/topics'
import type { MappingProblem } from '@bina/pipeline/import/parse-mapping'
import type { ImportPlan } from '@bina/pipeline/import/plan-import'
import type { RowProblem } from '@bina/pipeline/import/row-problem'
import { shellWord } from '../shell-word.ts'
import { textTable } from '../text-table.ts'

export interface ToldImport {
  readonly mappingFile: string
  readonly csvFile: string
  readonly source: string
  readonly apply: boolean
  readonly skipBad: boolean
  readonly lane?: Lane | undefined
}

const listedUnits = 40
const listedWeeks = 8

/** A plan in words: what would be published, what would not and why, and what to type. */
export function tellPlan(plan: ImportPlan, told: ToldImport): readonly string[] {
  const { mappingFile, csvFile, source } = told
  return [
    `${csvFile}, read by ${mappingFile}, as events of ${source}`,
    '',
    ...rowsTable(plan),
    '',
    ...section('Events', eventsTable(plan)),
    ...section('Complaints', [statesLine(plan), ...weekLines(plan)]),
    ...section('Units', unitLines(plan)),
    ...section('Problems', problemLines(plan, csvFile)),
    ...section(
      'Think about',
      plan.warnings.map((warning) => `${warning[0]?.toUpperCase()}${warning.slice(1)}.`),
    ),
  ]
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), '']

function rowsTable(plan: ImportPlan): readonly string[] {
  const { rows, good, bad, leftOut, repeated } = plan
  const table = [
    ['Rows', String(rows), ''],
    ['  good', String(good), ''],
    ['  bad', String(bad), bad > 0 ? 'see the problems below' : ''],
    ['  left out', String(leftOut), leftOut > 0 ? "by the mapping's filters" : ''],
    ['  repeated', String(repeated), repeated > 0 ? 'say what an earlier row says' : ''],
  ]
  return textTable(table, [1])
}

function eventsTable({ events }: ImportPlan): readonly string[] {
  const counts = Object.entries(events)
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  return textTable([...counts.map(([type, count]) => [type, String(count)]), ['together', String(total)]], [1])
}

function statesLine({ states }: ImportPlan): string {
  const { open, fixed, answered, closed_silent: silent } = states
  return `${open} open, ${fixed} fixed, ${answered} answered, ${silent} closed without an answer`
}

function weekLines({ weeks }: ImportPlan): readonly string[] {
  const named = weeks.map(({ week, rows }) => `${week}: ${rows}`)
  const [first, last] = [named.slice(0, listedWeeks / 2), named.slice(-listedWeeks / 2)]
  const shown = named.length <= listedWeeks ? named : [...first, `(${named.length - listedWeeks} weeks)`, ...last]
  return named.length === 0 ? [] : [`received in ${shown.join(', ')}`]
}

function unitLines({ units }: ImportPlan): readonly string[] {
  const shown = units.slice(0, listedUnits).map(({ unitId, name, unitType, complaints }) => {
    return [unitId, unitType, complaints === 0 ? '' : String(complaints), name]
  })
  const more = units.length - shown.length
  const rest = more > 0 ? [`... and ${more} more; all of them with --json`] : []
  return units.length === 0 ? [] : [...textTable([['unit', 'type', 'complaints', 'name'], ...shown], [2]), ...rest]
}

function problemLines({ problems, moreProblems }: ImportPlan, file: string): readonly string[] {
  const rest = moreProblems > 0 ? [`... and ${moreProblems} more`] : []
  return [...problems.map((problem) => problemLine(problem, file)), ...rest]
}

/** `file:12:3: Closed Date is no time of the form ...` */
export function problemLine({ line, column, columnName, message }: RowProblem, file: string): string {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
  return `${place}: ${columnName === undefined ? '' : `${columnName} `}${message}`
}

/** `mapping.yaml:76:9: assigned.unit: expected ...`; what the YAML itself has wrong stands without a path. */
export function mappingProblemLine({ line, column, path, message }: MappingProblem, file: string): string {
  if (path === '') return `${file}:${line}:${column}: ${message}`
  const expected = message.replace(/^Invalid \w+: /, '').replace(/^expected /, '')
  return `${file}:${line}:${column}: ${path}: expected ${expected}`
}

/** What to type after a dry run. */
export function nextStep(plan: ImportPlan, { mappingFile, csvFile, skipBad, lane }: ToldImport): string {
  const command = [
    'npx bina import',
    shellWord(mappingFile),
    shellWord(csvFile),
    '--apply',
    ...(lane === undefined ? [] : ['--lane', lane]),
  ].join(' ')
  if (plan.good === 0) return 'Nothing was published, and there is nothing to publish.'
  if (plan.bad === 0) return `Nothing was published. To publish this: ${command}`
  if (skipBad) return `Nothing was published. To publish the good rows alone: ${command} --skip-bad`
  return `Nothing was published. Mend the bad rows, or publish the good ones alone: ${command} --skip-bad`
}
