import { type ActionLibrary, actionText } from '../action-library.ts'
import type { CityReportInput } from '../area-report-input.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportBand } from '../report-input.ts'
import type { Block, ReportViewModel, Section } from '../view-model.ts'
import { withoutFullStop } from './actions-section.ts'
import { coachingLines } from './coaching-lines.ts'
import { pooledSection } from './pooled-section.ts'
import { frameSection, type RollUpContext, rightsSection, rollUpContext } from './roll-up-context.ts'
import { areaName, rollUpReport } from './roll-up-report.ts'
import { stuckSection } from './stuck-section.ts'

const BANDS: readonly ReportBand[] = ['kept', 'needs_attention', 'needs_support', 'inconclusive', 'not_enough_data']

/** The report of the mayor and the Sekda: the city's service, what stands in the units' way, and whether coaching takes place. It names no unit. */
export function cityViewModel(input: CityReportInput, library: ActionLibrary): ReportViewModel {
  const context = rollUpContext(input.area)
  const { words, count } = context
  const sections = [
    pooledSection(words.figures.cityHeading, input, context),
    paragraphs('help', words.help.heading, [words.help.count(count(input.unitsWantingHelp))]),
    blockedSection(input, context),
    ...stuckSection(input, context, (n) => words.stuck.more(count(n))),
    { id: 'actions', heading: words.actions.heading, blocks: coachingBlocks(input, context) } as const,
    findingCounts(input, context),
    effectsSection(input, library, context),
    bandsSection(input, context),
    frameSection(input, context),
    rightsSection(input, context),
  ]
  const said = {
    ...words.city,
    preheader: words.city.preheader(count(input.unitsWantingHelp)),
    disclaimer: words.area.disclaimer,
    why: words.area.why(areaName(input.area)),
  }
  return rollUpReport(input, said, sections, context)
}

function paragraphs(id: Section['id'], heading: string, texts: readonly string[]): Section {
  return { id, heading, blocks: texts.map((text) => ({ kind: 'paragraph', tone: 'plain', text })) }
}

function coachingBlocks({ measures }: CityReportInput, context: RollUpContext): readonly Block[] {
  const lines = coachingLines(measures, context)
  return lines.length > 0 ? lines : [{ kind: 'paragraph', tone: 'plain', text: context.words.actions.none }]
}

function blockedSection({ blocked }: CityReportInput, { words, count }: RollUpContext): Section {
  const { heading, outages, silent, none } = words.blocked
  const texts = [
    ...(blocked.outageUnitDays > 0 ? [outages(count(blocked.outageUnitDays))] : []),
    ...(blocked.silentSources.length > 0 ? [silent(blocked.silentSources.map(plainLine).join(', '))] : []),
  ]
  return paragraphs('blocked', heading, texts.length > 0 ? texts : [none])
}

function findingCounts({ findings }: CityReportInput, { words, count }: RollUpContext): Section {
  const { open, overdue, closedInWeek } = findings
  return paragraphs('findings', words.findings.heading, [
    words.findings.counts(count(open), count(overdue), count(closedInWeek)),
  ])
}

function effectsSection({ effects }: CityReportInput, library: ActionLibrary, context: RollUpContext): Section {
  const { words, messages, formats, count, locale } = context
  const { heading, none, subject: subjects, line } = words.effects
  const names: Readonly<Record<string, string>> = messages.figures.names
  const points = (value: number) => formats.number(value, 1)
  const texts = effects.map((one) => {
    const step = actionText(library, one.subject, locale) ?? plainLine(one.subject)
    const subject = one.subject === 'city' ? subjects.city : withoutFullStop(step)
    const name = names[one.measure] ?? one.measure
    return line(subject, name, points(one.effect), points(one.lower80), points(one.upper80), count(one.coachedUnits))
  })
  return paragraphs('effects', heading, texts.length > 0 ? texts : [none])
}

/** How many units read which state: counts alone, so that nobody stands before anybody. */
function bandsSection({ bands }: CityReportInput, { words, messages, count }: RollUpContext): Section {
  const rows = BANDS.map((band) => ({ label: messages.bands[band], text: words.bands.units(count(bands[band])) }))
  return {
    id: 'bands',
    heading: words.bands.heading,
    blocks: [
      { kind: 'paragraph', tone: 'plain', text: words.bands.intro },
      { kind: 'facts', rows },
    ],
  }
}
