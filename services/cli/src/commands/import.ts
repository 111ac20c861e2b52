import { importEvents } from '@bina/pipeline/import/import-events'
import { ImportFileError } from '@bina/pipeline/import/import-file-error'
import type { ImportMapping } from '@bina/pipeline/import/mapping'
import { MappingError, parseMapping } from '@bina/pipeline/import/parse-mapping'
import { type ImportPlan, planImport } from '@bina/pipeline/import/plan-import'
import { readConfig } from '@bina/runtime/config'
import { cityVariables } from '@bina/runtime/variables'
import { z } from 'zod'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { mappingProblemLine, nextStep, type ToldImport, tellPlan } from '../import/tell-plan.ts'
import { type Input, openInput } from '../open-input.ts'
import type { SizedEvent } from '../publish-batches.ts'
import { laneWords, publishEvents, type WayIn } from '../publishing.ts'
import { withServers } from '../servers.ts'
import { environmentWithStack, readServers } from '../variables.ts'

export interface ImportOptions extends WayIn {
  readonly apply: boolean
  readonly skipBad: boolean
}

/** Reads a CSV file by a mapping: shows what an import would do, and with `apply` does it. */
export async function importCommand(
  context: CommandContext,
  mappingFile: string,
  csvFile: string,
  options: ImportOptions,
): Promise<void> {
  if (options.apply) readServers(context.env) // says at once that there are none
  const mapping = await readMapping(mappingFile)
  const csv = await openCsv(csvFile)
  try {
    const nowMs = Date.now()
    const plan = await makePlan(context, mapping, csv, nowMs)
    const told = { mappingFile, csvFile, source: mapping.source, ...options }
    for (const line of tellPlan(plan, told)) context.say(line)
    if (options.apply) await apply(context, { mapping, csv, plan, told, nowMs, rate: options.rate, lane: options.lane })
    else {
      context.say(nextStep(plan, told))
      context.answer({ applied: false, published: 0, ...withoutKind(plan) })
    }
  } finally {
    await csv.close()
  }
}

async function readMapping(file: string): Promise<ImportMapping> {
  const input = await openInput(file)
  try {
    const parts: Uint8Array[] = []
    for await (const part of input.chunks()) parts.push(part)
    return parseMapping(Buffer.concat(parts).toString('utf8'))
  } catch (error) {
    if (!(error instanceof MappingError)) throw error
    const lines = error.problems.map((problem) => mappingProblemLine(problem, file))
    throw new CommandError(`The mapping cannot be used:\n${lines.join('\n')}`, 1, { cause: error })
  } finally {
    await input.close()
  }
}

/** A plan comes before an import, so the file is read twice. */
async function openCsv(file: string): Promise<Input> {
  const input = await openInput(file)
  if (!input.isStream) return input
  await input.close()
  throw new CommandError(
    `${file} can be read only once, and a plan comes before an import: save it as a file first.`,
    2,
  )
}

async function makePlan(
  context: CommandContext,
  mapping: ImportMapping,
  csv: Input,
  nowMs: number,
): Promise<ImportPlan> {
  const city = readConfig(z.object(cityVariables), environmentWithStack(context.env))
  const step = context.progress.step(`Reading ${csv.name}`)
  const options = { nowMs, cityZone: city.BINA_TIMEZONE, cityProfile: city.BINA_CITY_PROFILE }
  try {
    for await (const read of planImport(mapping, csv.chunks(), options)) {
      context.signal.throwIfAborted()
      step.update(0, `${read.rows} rows`)
      if (read.kind === 'progress') continue
      step.done(`${read.rows} rows`)
      return read
    }
    throw new Error('a plan has come to no end')
  } catch (error) {
    step.fail()
    if (error instanceof ImportFileError) throw new CommandError(`${csv.name}: ${error.message}`, 1, { cause: error })
    throw error
  }
}

interface Apply extends WayIn {
  readonly mapping: ImportMapping
  readonly csv: Input
  readonly plan: ImportPlan
  readonly told: ToldImport
  readonly nowMs: number
}

async function apply(context: CommandContext, { mapping, csv, plan, told, nowMs, rate, lane }: Apply): Promise<void> {
  const { skipBad } = told
  if (plan.bad > 0 && !skipBad) {
    context.answer({ applied: false, published: 0, ...withoutKind(plan) })
    throw new CommandError(`Nothing was published: ${plan.bad} of ${plan.rows} rows are bad.`, 1, {
      code: 'bad_rows',
      hint: 'Mend them, or import the good ones alone with --apply --skip-bad.',
    })
  }
  const total = Object.values(plan.events).reduce((sum, count) => sum + count, 0)
  const events = eventsOf(importEvents(mapping, csv.chunks(), { nowMs, skipBad }))
  const published = await withServers(context.env, (servers) =>
    publishEvents(context, servers, events, { total, rate, lane }),
  )
  const leftOut = plan.bad > 0 ? `, ${plan.bad} bad rows left out` : ''
  context.say(`${published} events of ${plan.good} rows published${leftOut}.`)
  for (const line of laneWords(lane)) context.say(line)
  const [unit] = plan.units.filter(({ complaints }) => complaints > 0)
  if (plan.reportWeek !== undefined && unit !== undefined) {
    context.say(`Its figures: npx bina report preview ${unit.unitId} --week ${plan.reportWeek}`)
  }
  context.answer({ applied: true, published, ...withoutKind(plan) })
}

async function* eventsOf(rows: ReturnType<typeof importEvents>): AsyncGenerator<SizedEvent> {
  for await (const row of rows) for (const event of row.events) yield { event, bytes: JSON.stringify(event).length }
}

const withoutKind = ({ kind: _, ...plan }: ImportPlan) => plan
