import { dataDirVariables } from '@bina/cli/variables'
import { ingestVariables } from '@bina/ingest-api/config'
import { portalVariables } from '@bina/portal/config'
import { deskVariables, reportVariables } from '@bina/report-cron/config'
import { metaOf, type VariableMeta } from '@bina/runtime/config'
import {
  cityVariables,
  clickHouseVariables,
  kafkaVariables,
  linkVariables,
  mailVariables,
  operationsVariables,
} from '@bina/runtime/variables'
import { scoreVariables } from '@bina/score-worker/config'
import { sinkVariables } from '@bina/sink-worker/config'
import type { z } from 'zod'
import { composeVariables } from '../docker/compose-variables.ts'

export interface ConfigVariable extends VariableMeta {
  readonly name: string
  /** As it is written in the environment; undefined where a service does without it, or does not start without it. */
  readonly default: string | undefined
  readonly required: boolean
  /** The processes that read it. */
  readonly readBy: readonly string[]
}

export interface ConfigGroup {
  readonly title: string
  readonly about: string
  readonly variables: readonly ConfigVariable[]
}

type Shape = Readonly<Record<string, z.ZodType>>

const processes: Readonly<Record<string, Shape>> = {
  'sink-worker': sinkVariables.shape,
  'score-worker': scoreVariables.shape,
  'report-cron': reportVariables.shape,
  'ingest-api': ingestVariables.shape,
  portal: portalVariables.shape,
  bina: {
    ...dataDirVariables,
    ...cityVariables,
    ...kafkaVariables,
    ...clickHouseVariables,
    ...mailVariables,
    ...linkVariables,
    ...deskVariables,
  },
  compose: composeVariables.shape,
}

const groups: readonly { readonly title: string; readonly about: string; readonly shape: Shape }[] = [
  { title: 'The city', about: 'Its clock and its rules.', shape: cityVariables },
  { title: 'Kafka', about: 'Where events come from.', shape: kafkaVariables },
  { title: 'ClickHouse', about: 'Where everything is kept and counted.', shape: clickHouseVariables },
  { title: 'Mail', about: 'How the reports leave.', shape: mailVariables },
  { title: 'Links', about: 'Where the buttons of a report lead.', shape: linkVariables },
  {
    title: 'Operations',
    about: 'Logs, health and shutdown of every service.',
    shape: operationsVariables,
  },
  { title: 'ingest-api', about: 'The HTTP door.', shape: ingestVariables.shape },
  { title: 'portal', about: 'The pages behind the links of a report.', shape: portalVariables.shape },
  { title: 'sink-worker', about: 'Kafka to ClickHouse.', shape: sinkVariables.shape },
  { title: 'score-worker', about: 'Events to figures.', shape: scoreVariables.shape },
  { title: 'report-cron', about: 'The weekly reports.', shape: reportVariables.shape },
  { title: 'The bina command', about: 'The servers that it can start itself.', shape: dataDirVariables },
  { title: 'Docker Compose', about: 'Read by docker-compose.yml alone.', shape: composeVariables.shape },
]

/** Every variable once, in the group that names it first. */
export function configGroups(): readonly ConfigGroup[] {
  const seen = new Set<string>()
  return groups.map(({ title, about, shape }) => ({
    title,
    about,
    variables: Object.entries(shape).flatMap(([name, schema]) => {
      if (seen.has(name)) return []
      seen.add(name)
      return [describe(name, schema)]
    }),
  }))
}

function describe(name: string, schema: z.ZodType): ConfigVariable {
  const whenAbsent = schema.safeParse(undefined)
  return {
    ...metaOf(schema),
    name,
    required: !whenAbsent.success,
    default: whenAbsent.success ? textOf(whenAbsent.data) : undefined,
    readBy: Object.entries(processes).flatMap(([process, shape]) => (name in shape ? [process] : [])),
  }
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === '' ? undefined : String(value)
}
