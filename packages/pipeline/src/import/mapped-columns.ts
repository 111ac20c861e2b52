import type { Choice, ImportMapping } from './mapping.ts'
import { parseTemplate } from './template.ts'

/** Every column that the mapping names, once each: the only ones that are ever read. */
export function mappedColumns(mapping: ImportMapping): readonly string[] {
  const { rows, received, assigned, resolved } = mapping
  const choices: readonly Choice[] = [received.channel, received.kind, received.category, received.slaClass]
  const templates = [rows.key, ...Object.values(mapping.units).flatMap((unit) => [unit.id, unit.name])]
  const named = [
    ...templates.flatMap((template) => parseTemplate(template).columns),
    ...[...rows.only, ...rows.leaveOut].map((condition) => condition.column),
    received.at,
    ...choices.map((choice) => choice.column),
    assigned?.at,
    resolved?.at,
    resolved?.when?.column,
    ...(resolved?.outcomes ?? []).map((rule) => rule.column),
  ]
  return [...new Set(named.filter((column) => column !== undefined))]
}
