import { calendarWarnings } from '@bina/domain/calendar-policy'
import { isoWeekName, mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { loadPolicy, PolicyError } from '@bina/runtime/load-policy'
import { localTime } from '../local-time.ts'
import { type Check, fail, ok, warn } from './check.ts'

export function zoneCheck(zone: string, nowMs: number): Check {
  const week = isoWeekName(mondayOf(dateIn(zone, nowMs)))
  return ok('zone', `The city counts its days in ${zone}: there it is ${localTime(zone, nowMs)}, week ${week}.`)
}

/** The dated rules: whether they can be read, know the city's profile, and reach to the end of next year. */
export async function policyChecks(
  city: { readonly policyDir: string; readonly profile: string; readonly zone: string },
  nowMs: number,
): Promise<readonly Check[]> {
  try {
    const policy = await loadPolicy(city.policyDir)
    const year = Number(dateIn(city.zone, nowMs).slice(0, 4))
    return [
      ok('policy', `The rules in ${city.policyDir} are valid (${policy.version}).`),
      ...unknownProfile(city.profile, Object.keys(policy.calendar.profiles)),
      ...unsettledYears(calendarWarnings(policy.calendar, year, year + 1), city.policyDir),
    ]
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const next = 'Correct the file, or set BINA_POLICY_DIR to the folder of the rules.'
    return error.problems.map(({ file, path, message }) =>
      fail('policy', `${city.policyDir}/${file}${path === '' ? '' : ` at ${path}`}: ${message}`, next),
    )
  }
}

function unsettledYears(warnings: readonly string[], policyDir: string): readonly Check[] {
  if (warnings.length === 0) return []
  const next = `Once the decree is out, write it into ${policyDir}/calendar.yaml; until then days off may count as working days.`
  return [warn('policy', `Not settled in the calendar: ${warnings.join('; ')}.`, next)]
}

function unknownProfile(profile: string, known: readonly string[]): readonly Check[] {
  if (known.includes(profile)) return []
  const message = `BINA_CITY_PROFILE is ${profile}, which the rules do not have: office_5d is read in its place.`
  return [warn('policy', message, `Set BINA_CITY_PROFILE to one of ${known.join(', ')}.`)]
}
