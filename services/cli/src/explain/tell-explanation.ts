import { addDays } from '@bina/domain/plain-date'
import { isoWeekName } from '@bina/domain/week'
import { localTime } from '../local-time.ts'
import type { Explanation } from './explanation.ts'
import { attendanceLines, complaintLines } from './tell-facts.ts'
import { scoreLines } from './tell-score.ts'

/** An explanation in words, for whoever looks after the figures or answers an objection. */
export function tellExplanation(
  explanation: Explanation,
  shown: { readonly zone: string; readonly all: boolean },
): readonly string[] {
  const { unitId, name, unitType, latestType, week, scores, policyVersion, findings } = explanation
  const heading = [
    `${unitId} (${name})${unitType === undefined ? '' : `, ${unitType}`}: ${isoWeekName(week)}, ${week} to ${addDays(week, 6)}`,
    statusLine(explanation, shown.zone),
  ]
  if (unitType === undefined) return [...heading, '', `  It has no scores in this week: ${whyUnscored(latestType)}`]
  return [
    ...heading,
    ...scores.flatMap((score) => [
      '',
      ...scoreLines(score, { unitType, policyVersion, behind: explanation.behind }),
      ...(score.judged.score === 'discipline'
        ? attendanceLines(explanation.attendance, shown.all)
        : complaintLines(explanation.complaints, shown.all)),
    ]),
    ...(findings.length === 0
      ? []
      : [
          '',
          'Findings on its data',
          ...findings.map((one) => `  ${isoWeekName(one.week)}  ${one.kind}  ${one.count}`),
        ]),
  ]
}

function statusLine({ status, finalAtMs, policyVersion, unitType }: Explanation, zone: string): string {
  const rules = `Judged by version ${policyVersion} of the policy.`
  if (unitType === undefined) return rules
  const at = localTime(zone, finalAtMs).slice(0, 16)
  return status === 'final'
    ? `${rules} Final since ${at}: what comes later is a restatement.`
    : `${rules} Provisional: final from ${at} on.`
}

const whyUnscored = (latestType: string | undefined) =>
  latestType === undefined || ['kelurahan', 'kecamatan', 'upt'].includes(latestType)
    ? 'the directory does not have it as valid on any day of it.'
    : `those are for kelurahan, kecamatan and upt, and it is of the type ${latestType}.`
