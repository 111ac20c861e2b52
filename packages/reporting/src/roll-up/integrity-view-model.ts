import type { IntegrityReportInput } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { Block, ReportViewModel, Section, Table } from '../view-model.ts'
import { cappedTable } from './capped-table.ts'
import { movesSection } from './restatements-section.ts'
import { frameSection, type RollUpContext, rollUpContext } from './roll-up-context.ts'
import { areaName, rollUpReport } from './roll-up-report.ts'

/** The report of the inspectorate and of BKPSDM: whether records can be trusted. It holds no score and no figure of performance. */
export function integrityViewModel(input: IntegrityReportInput): ReportViewModel {
  const context = rollUpContext(input.area)
  const { words, count } = context
  const sections = [
    severeSection(input, context),
    recordsSection(input, context),
    drawsSection(input, context),
    qualitySection(input, context),
    ...movesSection(input.restatements, context),
    frameSection(input, context),
  ]
  const said = {
    ...words.integrity,
    preheader: words.integrity.preheader(count(input.severeCases.filter(({ isOpen }) => isOpen).length)),
    why: words.integrity.why(areaName(input.area)),
  }
  return rollUpReport(input, said, sections, context)
}

const say = (text: string, tone: 'plain' | 'quiet' = 'plain'): Block => ({ kind: 'paragraph', tone, text })

function orNone(table: Table, none: string, more: (hidden: number) => string): readonly Block[] {
  return table.rows.length === 0 ? [say(none)] : cappedTable(table, more)
}

function severeSection({ severeCases }: IntegrityReportInput, { words, formats, count }: RollUpContext): Section {
  const { heading, intro, none, caption, idColumn, categoryColumn, receivedColumn, categories, more } = words.severe
  const rows = severeCases
    .filter(({ isOpen }) => isOpen)
    .map((one) => [
      plainLine(one.complaintId),
      categories[one.category] ?? plainLine(one.category),
      formats.date(one.receivedOn),
    ])
  const table = { caption, columns: [idColumn, categoryColumn, receivedColumn], rows }
  return { id: 'severe', heading, blocks: [say(intro), ...orNone(table, none, (n) => more(count(n)))] }
}

/** Charts, checks and silent days: where a record may not say what was. */
function recordsSection(input: IntegrityReportInput, { words, formats, count }: RollUpContext): Section {
  const { signals, mismatches, units } = words
  const more = (n: number) => units.moreRows(count(n))
  const charts = {
    caption: signals.caption,
    columns: [signals.unitColumn, signals.measureColumn, signals.weeksColumn],
    rows: input.signals.map(({ unitName, measure, weeks }) => [
      plainLine(unitName),
      signals.names[measure] ?? measure,
      formats.number(weeks),
    ]),
  }
  const checks = {
    caption: mismatches.caption,
    columns: [mismatches.unitColumn, mismatches.checksColumn],
    rows: input.mismatches.map(({ unitName, notConfirmed, checks: n }) => [
      plainLine(unitName),
      mismatches.count(count(notConfirmed), count(n)),
    ]),
  }
  const silent = {
    caption: mismatches.outageCaption,
    columns: [mismatches.unitColumn, mismatches.dayColumn, mismatches.peopleColumn],
    rows: input.suspectedOutages.map(({ unitName, day, persons }) => [
      plainLine(unitName),
      formats.date(day),
      formats.number(persons),
    ]),
  }
  return {
    id: 'signals',
    heading: signals.heading,
    blocks: [
      ...orNone(charts, signals.none, more),
      ...orNone(checks, mismatches.none, more),
      ...(silent.rows.length === 0 ? [] : cappedTable(silent, more)),
    ],
  }
}

function drawsSection({ draws }: IntegrityReportInput, { words, formats, count }: RollUpContext): Section {
  const { heading, intro, line, notYet, verify, none } = words.draws
  if (draws.length === 0) return { id: 'draws', heading, blocks: [say(none)] }
  // As a list: a seed is longer than a phone is wide.
  const items = draws.map(({ drawId, week, slots, seed }) =>
    line(plainLine(drawId), formats.week(week), count(slots), seed === '' ? notYet : plainLine(seed)),
  )
  return { id: 'draws', heading, blocks: [say(intro), { kind: 'list', items }, say(verify, 'quiet')] }
}

function qualitySection(input: IntegrityReportInput, { words, formats, count }: RollUpContext): Section {
  const { heading, caption, kindColumn, countColumn, none, letters, reasonColumn } = words.quality
  const more = (n: number) => words.units.moreRows(count(n))
  const found = {
    caption,
    columns: [kindColumn, countColumn],
    rows: input.dataQuality.map(({ kind, count: n }) => [kind, formats.number(n)]),
  }
  const unread = {
    caption: letters,
    columns: [reasonColumn, countColumn],
    rows: input.deadLetters.map(({ reason, count: n }) => [reason, formats.number(n)]),
  }
  return {
    id: 'quality',
    heading,
    blocks: [...orNone(found, none, more), ...(unread.rows.length === 0 ? [] : cappedTable(unread, more))],
  }
}
