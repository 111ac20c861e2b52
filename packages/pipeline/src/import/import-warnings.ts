import type { ImportMapping } from './mapping.ts'
import type { RowNote } from './row-facts.ts'

const noteWords: Readonly<Record<RowNote['kind'], string>> = {
  otherwise: 'with a value that the mapping does not list, taken as its "otherwise"',
  clock_gap: "with a time that the zone's clock skipped, taken as the instant after the gap",
  clock_overlap:
    "with a time that the zone's clock showed twice, taken as the earlier unless that put the end before the beginning",
  time_without_closing: 'with a time though not closed; the time is not used',
  closing_without_time: 'closed without a time, counted as open',
}

/** What an operator should think about before importing. `notes` counts `kind|column`. */
export function planWarnings(
  mapping: ImportMapping,
  counts: { readonly rows: number; readonly good: number; readonly leftOut: number },
  notes: ReadonlyMap<string, number>,
  city: { readonly cityZone: string; readonly cityProfile: string },
): readonly string[] {
  const warnings: string[] = []
  if (mapping.zone !== city.cityZone) {
    warnings.push(
      `the mapping's zone is ${mapping.zone}, the city's is ${city.cityZone}: days, weeks and deadlines are counted in the city's. Set BINA_TIMEZONE=${mapping.zone} where these figures are meant to stand alone`,
    )
  }
  if (mapping.calendarProfile !== city.cityProfile) {
    warnings.push(
      `the units' calendar profile is ${mapping.calendarProfile}, the citizens' clock runs by ${city.cityProfile}: set BINA_CITY_PROFILE=${mapping.calendarProfile} where both are meant to be one`,
    )
  }
  if (counts.rows === 0) warnings.push('the file has a header and no row')
  else if (counts.good === 0) warnings.push('not one row would be imported')
  else if (counts.leftOut * 2 > counts.rows)
    warnings.push(`the mapping's filters leave out ${counts.leftOut} of ${counts.rows} rows`)
  for (const [name, rows] of [...notes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [kind = '', column = ''] = name.split(/\|(.*)/s)
    warnings.push(`${column}: ${rows} row${rows === 1 ? '' : 's'} ${noteWords[kind as RowNote['kind']]}`)
  }
  return warnings
}
