import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addDays } from '@bina/domain/plain-date'
import { contentsLine } from '@bina/runtime/check-policy'
import { hashOfFile } from '@bina/runtime/policy-file'
import type { Quarter } from '@bina/scoring/quarter'
import type { PersonCorrelation, Prior, PriorMeasure, ScoredType } from '@bina/scoring/scoring-policy'
import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import { CommandError } from '../command-error.ts'

export interface PriorsOfType {
  readonly unitType: ScoredType
  readonly priors: { readonly [M in PriorMeasure]?: Prior | undefined }
}

/**
 * Adds the quarter's priors to scoring.yaml, and from its first day on how alike the days of a person are, comments kept, and raises
 * the version. @returns the new version's name.
 */
export async function writePriors(
  dir: string,
  quarter: Quarter,
  fitted: readonly PriorsOfType[],
  basis: string,
  personCorrelation?: PersonCorrelation,
): Promise<string> {
  const scoringFile = join(dir, 'scoring.yaml')
  const versionFile = join(dir, 'version.yaml')
  const scoring = parseDocument(await readFile(scoringFile, 'utf8'))
  const version = parseDocument(await readFile(versionFile, 'utf8'))
  const [, number] = /^v(\d+)$/.exec(String(version.get('version'))) ?? []
  if (number === undefined)
    throw new CommandError(`The version ${version.get('version')} has no number to raise: name the next one by hand.`)
  const next = `v${Number(number) + 1}`
  for (const { unitType, priors } of fitted) {
    const entry = scoring.createNode({
      validFrom: quarter.first,
      validTo: quarter.last,
      basis,
      status: 'unconfirmed',
      value: Object.fromEntries(Object.entries(priors).filter(([, prior]) => prior !== undefined)),
    })
    const value = entry.get('value')
    // Each prior on a line of its own, as everywhere in the file.
    if (isMap(value)) for (const { value: prior } of value.items) if (isMap(prior)) prior.flow = true
    const path = ['fittedPriors', unitType]
    if (scoring.getIn(path) === undefined) scoring.setIn(path, scoring.createNode([entry]))
    else scoring.addIn(path, entry)
  }
  if (personCorrelation !== undefined) addCorrelation(scoring, quarter, basis, personCorrelation)
  await writeFile(scoringFile, scoring.toString({ lineWidth: 0 }))
  const contents = {
    calendar: await hashOfFile(join(dir, 'calendar.yaml')),
    attendance: await hashOfFile(join(dir, 'attendance.yaml')),
    deadlines: await hashOfFile(join(dir, 'deadlines.yaml')),
    scoring: await hashOfFile(scoringFile),
  }
  version.set('version', next)
  const text = version.toString({ lineWidth: 0 }).trimEnd()
  await writeFile(
    versionFile,
    `${text}\n  # Priors fitted for ${quarter.name}.\n  - version: ${next}\n    ${contentsLine(contents)}\n`,
  )
  return next
}

/** The entry that held until now ends on the day before: what has counted is not rewritten. */
function addCorrelation(scoring: Document, quarter: Quarter, basis: string, correlation: PersonCorrelation): void {
  const entries = scoring.get('personCorrelation')
  const last = isSeq(entries) ? entries.items.at(-1) : undefined
  if (!isSeq(entries) || !isMap(last) || last.has('validTo') || String(last.get('validFrom')) >= quarter.first)
    throw new CommandError(
      `personCorrelation of scoring.yaml says something of ${quarter.name} and later already: take that out by hand if it was wrong.`,
    )
  // Behind the day on which it began, as everywhere in the file.
  last.items.splice(1, 0, scoring.createPair('validTo', addDays(quarter.first, -1)))
  const entry = scoring.createNode({ validFrom: quarter.first, basis, status: 'unconfirmed', value: correlation })
  const value = entry.get('value')
  if (isMap(value)) value.flow = true
  entries.add(entry)
}
