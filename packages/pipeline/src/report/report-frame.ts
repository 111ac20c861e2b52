import type { ReportedArea, ReportFrame } from '@bina/reporting/area-report-input'
import type { DirectoryUnit } from '../ports/report-figures.ts'
import type { ReportPeriod } from './report-period.ts'

/** What every report above the units says of itself. */
export function reportFrame(period: ReportPeriod, policyVersion: string, contact: string): ReportFrame {
  const { week, dataCompleteUntilMs, nextRunMs, objectionUntil, status } = period
  return { week, dataCompleteUntilMs, nextRunMs, objectionUntil, status, policyVersion, contact }
}

export function reportedArea<Type extends ReportedArea['type']>(
  { unitId, name, headRole, locale }: DirectoryUnit,
  type: Type,
  zone: string,
): Omit<ReportedArea, 'type'> & { readonly type: Type } {
  return { id: unitId, name, type, headRole, locale: locale === 'en' ? 'en' : 'id', zone }
}

const collator = new Intl.Collator('id', { numeric: true })

/** By name as people look it up (5 Ilir before 13 Ilir), then by id: never by a figure. */
export const byName = (
  a: { readonly name: string; readonly id: string },
  b: { readonly name: string; readonly id: string },
): number => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
