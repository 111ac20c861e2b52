import type { AreaFigures, AreaPart, UnitPlace, Weeks } from '@bina/pipeline/ports/area-figures'
import { backlogLooks } from './backlog-looks.ts'
import type { ClickHouseClient } from './connect.ts'
import { writeMeasures } from './measure-rows.ts'
import { queryFile } from './query-file.ts'
import { selectByNames } from './select-by-names.ts'
import { selectRows } from './select-rows.ts'
import { replaceWeeks } from './week-rows.ts'

// A directory's entry touches all weeks since 1970; the server knows no date before that, so no window of thirteen weeks may end earlier.
const firstWindow = '1970-04-06'

type Counted = Omit<AreaPart, 'squares'> & { readonly squares?: number }

const partRows = {
  table: 'unit_week_part_store',
  nested: 'part',
  columns: {
    measure: { type: 'string', read: ({ measure }: AreaPart) => measure },
    window: { type: 'string', read: ({ window }: AreaPart) => window },
    numerator: { type: 'float64', read: ({ numerator }: AreaPart) => numerator },
    denominator: { type: 'float64', read: ({ denominator }: AreaPart) => denominator },
    squares: { type: 'float64', read: ({ squares }: AreaPart) => squares },
  },
} as const

export function createAreaFigures(client: ClickHouseClient, config: { readonly zone: string }): AreaFigures {
  const { zone } = config
  const queries = {
    checks: queryFile('area_part.checks'),
    citizen: queryFile('area_part.citizen'),
    coaching: queryFile('unit_week.count_coaching'),
    backlog: queryFile('unit_week.backlog'),
    pooled: queryFile('area.pooled'),
  }
  const backlogOf = async (units: readonly string[], { fromWeek, toWeek }: Weeks, nowMs: number) => {
    const held = await selectByNames<{ week: string }>(
      client,
      `SELECT toString(toMonday(toDate(min(arrayMin(arrayConcat(backlog.from_at, unheld.from_at))), {zone: String}))) AS week FROM unit_complaint_store
       WHERE unit_id IN {units: Array(String)} AND notEmpty(arrayConcat(backlog.from_at, unheld.from_at)) HAVING count() > 0`,
      { units },
      { zone },
    )
    const [first] = held.map(({ week }) => week).sort()
    // Before anything was held there is nothing to look at, and a directory's entry touches all weeks since 1970.
    if (first === undefined || first > toWeek) return []
    const looks = backlogLooks(zone, first > fromWeek ? first : fromWeek, toWeek, nowMs)
    return selectByNames<Counted>(client, queries.backlog, { units }, { ...looks, clock: 'citizen' })
  }

  return {
    parts: async (units, weeks, nowMs) => {
      const span = { from: weeks.fromWeek < firstWindow ? firstWindow : weeks.fromWeek, to: weeks.toWeek }
      const counted = await Promise.all([
        selectByNames<Counted>(client, queries.checks, { units }, span),
        selectByNames<Counted>(client, queries.citizen, { units }, { ...span, zone }),
        selectByNames<Counted>(client, queries.coaching, { units }, { ...span, asCoach: false }).then((rows) =>
          rows.filter(({ measure }) => measure.startsWith('K')),
        ),
        backlogOf(units, weeks, nowMs),
      ])
      return counted.flat().map((part) => ({ ...part, squares: part.squares ?? 0 }))
    },
    writeParts: (unitIds, { fromWeek, toWeek }, parts, readAt) =>
      replaceWeeks(client, partRows, { unitIds, fromWeek, toWeek }, parts, { as_of: readAt }),
    areasOf: async (ids) => {
      // Empty: complaints that are no unit's, and so the cities' alone.
      const unitIds = ids.filter((unitId) => unitId !== '')
      const above = await selectByNames<{ unitId: string }>(
        client,
        'SELECT DISTINCT parent_unit_id AS unitId FROM unit_version FINAL WHERE parent_unit_id IN {units: Array(String)}',
        { units: unitIds },
      )
      const cities = unitIds.length === ids.length ? [] : await selectRows<{ unitId: string }>(client, citiesQuery)
      const found = new Set([...above, ...cities].map(({ unitId }) => unitId))
      const asked = new Set(unitIds)
      for (let next = [...asked]; next.length > 0; ) {
        const parents = await selectByNames<{ unitId: string }>(
          client,
          `SELECT DISTINCT parent_unit_id AS unitId FROM unit_version FINAL
           WHERE unit_id IN {units: Array(String)} AND parent_unit_id != ''`,
          { units: next },
        )
        for (const { unitId } of parents) found.add(unitId)
        next = [...new Set(parents.map(({ unitId }) => unitId))].filter((unitId) => !asked.has(unitId))
        for (const unitId of next) asked.add(unitId)
      }
      return [...found].sort()
    },
    placesBelow: async (areaIds) => {
      // Asked first: whatever is written after it touches the area once more, and gets a later version.
      const [server] = await selectRows<{ now: string }>(client, 'SELECT toString(now64(6)) AS now')
      const found = new Set(areaIds)
      for (let next = [...found]; next.length > 0; ) {
        const below = await selectByNames<{ unitId: string }>(
          client,
          'SELECT DISTINCT unit_id AS unitId FROM unit_version FINAL WHERE parent_unit_id IN {units: Array(String)}',
          { units: next },
        )
        next = [...new Set(below.map(({ unitId }) => unitId))].filter((unitId) => !found.has(unitId))
        for (const unitId of next) found.add(unitId)
      }
      const rows = await selectByNames<VersionRow>(client, versionsOfUnits, { units: [...found] })
      return { readAt: server?.now ?? '', places: placesOf(rows) }
    },
    pooled: async (members, { fromWeek, toWeek }) => {
      const rows = await selectByNames<Omit<AreaPart, 'unitId'> & { readonly areaId: string }>(
        client,
        queries.pooled,
        {
          areas: members.map(({ areaId }) => areaId),
          members: members.map(({ unitId }) => unitId),
          firsts: members.map((member) => member.fromWeek),
          lasts: members.map((member) => member.toWeek),
        },
        { from: fromWeek, to: toWeek },
      )
      return rows.map(({ areaId, ...sums }) => ({ unitId: areaId, ...sums }))
    },
    write: ({ unitIds, fromWeek, toWeek, policyVersion, measures }, readAt) =>
      writeMeasures(
        client,
        { scope: 'area', unitIds, fromWeek, toWeek, measures },
        { policy_version: policyVersion, as_of: readAt },
      ),
  }
}

const citiesQuery = "SELECT DISTINCT unit_id AS unitId FROM unit_version FINAL WHERE unit_type = 'city'"

interface VersionRow {
  readonly unitId: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly unitType: string
  readonly parentUnitId: string
  readonly population: number | null
}

const versionsOfUnits = `SELECT unit_id AS unitId, toString(valid_from) AS validFrom, toString(valid_to) AS validTo, unit_type AS unitType,
    parent_unit_id AS parentUnitId, population
  FROM unit_version FINAL WHERE unit_id IN {units: Array(String)} ORDER BY unit_id, valid_from`

function placesOf(rows: readonly VersionRow[]): readonly UnitPlace[] {
  const places = new Map<string, UnitPlace['versions'][number][]>()
  for (const { unitId, validTo, population, ...version } of rows) {
    const versions = places.get(unitId) ?? []
    places.set(unitId, versions)
    versions.push({ ...version, validTo: validTo ?? undefined, population: population ?? undefined })
  }
  return [...places].map(([unitId, versions]) => ({ unitId, versions }))
}
