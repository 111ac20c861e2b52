import type { ExplainedMeasure } from '@bina/scoring/explain/explain-score'
import { WINDOW_WEEKS } from '@bina/scoring/measure-id'
import type { Behind } from '../behind.ts'
import { textTable } from '../text-table.ts'
import { bandWords, changeWords, missingWords, points, whole } from './change-words.ts'
import type { ScoreExplanation } from './explanation.ts'

interface Told {
  readonly unitType: string
  readonly policyVersion: string
  readonly behind: Behind
}

/** One score: what it is and why, its terms, the measures behind them, what was known before, and what would have to change. */
export function scoreLines(score: ScoreExplanation, told: Told): readonly string[] {
  const { judged, terms } = score
  const table = textTable(
    [
      ['term', 'estimate', 'floor', 'target', 'points', 'weight', 'adds', 'still open'],
      ...terms.map((term) => [
        term.term,
        term.estimate.toFixed(3),
        term.floor.toFixed(2),
        term.target.toFixed(2),
        term.points.toFixed(1),
        term.weight.toFixed(2),
        term.contribution.toFixed(1),
        term.open.toFixed(1),
      ]),
    ],
    [1, 2, 3, 4, 5, 6, 7],
  )
  const title = judged.score === 'discipline' ? 'Discipline' : 'Service'
  const value = shown(judged.value)
  return [
    `${title}: ${value}, 80 % interval ${judged.lower80.toFixed(1)} to ${judged.upper80.toFixed(1)}`,
    `  Band        ${bandWords[judged.band]}: ${whyBand(score)}`,
    ...(score.hidden.length > 0
      ? []
      : [`  Confidence  ${judged.confidence}: the interval is ${points(score.width)} points wide`]),
    `  Window      ${windowWords(score)}`,
    `  Stored row  ${agreementWords(score, told)}`,
    ...score.restated.map(
      ({ at, oldValue, newValue, cause }) =>
        `  Restated    ${at.slice(0, 10)}, from ${shown(oldValue)} to ${shown(newValue)}: ${cause}`,
    ),
    '',
    ...table.map((line) => `  ${line}`),
    '',
    ...measureTable(terms.flatMap(({ measures }) => measures)).map((line) => `  ${line}`),
    ...clusteringLines(terms.flatMap(({ measures }) => measures)),
    ...priorLines(score),
    '  What would have to change',
    ...changeWords(score).map((line) => `    ${line}`),
  ]
}

function whyBand({ judged, hidden }: ScoreExplanation): string {
  switch (judged.band) {
    case 'not_enough_data':
      return hidden.map(missingWords).join(' ')
    case 'kept':
      return 'all of the interval lies in it.'
    case 'needs_attention':
      return 'all of the interval lies in it, neither better nor worse.'
    case 'needs_support':
      return 'all of the interval lies below what is asked for.'
    case 'inconclusive':
      return 'the interval reaches across the edge of a band, so nothing is said of the unit.'
    default:
      return judged.band satisfies never
  }
}

const shown = (value: number | null) => (value === null ? 'not shown' : value.toFixed(1))

function windowWords({ window, widened, judged }: ScoreExplanation): string {
  const weeks = (name: keyof typeof WINDOW_WEEKS) => `${name}, the ${WINDOW_WEEKS[name]} weeks that end with this one`
  if (widened === undefined) return `${weeks(window)}${judged.score === 'service' ? '; S4 looks back over R52' : ''}`
  return `${weeks(window)}: widened from ${widened.from}, in which ${whole(widened.counted)} cases fell due and ${widened.under} are wanted`
}

function agreementWords({ agreement, stored }: ScoreExplanation, { policyVersion, behind }: Told): string {
  const says =
    stored &&
    `it says ${stored.value === null ? 'not shown' : stored.value.toFixed(4)}, ${bandWords[stored.band as keyof typeof bandWords] ?? stored.band}`
  switch (agreement) {
    case 'same':
      return `says the same, to the last digit (counted at ${stored?.asOf.slice(0, 19) ?? ''} UTC)`
    case 'no_facts':
      return 'none: nothing has happened at the unit up to this week, so all that is known is what was known before'
    case 'under_way':
      return `is being updated: ${says ?? 'it is not there yet'}; ${behind.sink + behind.fold + behind.judge} messages are still to be worked through. Ask again in a moment.`
    case 'other_policy':
      return `was judged by version ${stored?.policyVersion} of the policy, this folder holds ${policyVersion}: ${says}. Start the score-workers with this folder, or set BINA_POLICY_DIR to theirs.`
    case 'differs':
      return `${says ?? 'is not there'}, which is not what its counts come to. Ask again in a moment; if it stays, have it judged anew: npx bina score --unit UNIT --week WEEK`
    default:
      return agreement satisfies never
  }
}

const measureTable = (measures: readonly ExplainedMeasure[]) =>
  textTable(
    [
      ['measure', 'window', 'counted', 'of', 'known before', 'estimate', '80 % interval'],
      ...measures.map((one) => [
        one.measure,
        one.window,
        whole(one.numerator),
        whole(one.denominator),
        `${one.prior.mean} (${one.prior.strength})`,
        one.mean.toFixed(3),
        `${one.lower80.toFixed(3)} to ${one.upper80.toFixed(3)}`,
      ]),
    ],
    [2, 3],
  )

function clusteringLines(measures: readonly ExplainedMeasure[]): readonly string[] {
  const alike = measures.filter(({ clustering }) => clustering !== undefined && clustering.rho > 0)
  if (alike.length === 0) return []
  const words = alike.map(({ measure, denominator, clustering }) => {
    const { rho, designEffect } = clustering ?? { rho: 0, designEffect: 1 }
    return `${measure} rho ${rho}, so ${whole(denominator)} days say as much as ${(denominator / designEffect).toFixed(0)}`
  })
  const days = alike[0]?.clustering?.daysPerPerson ?? 0
  return [
    `  Days of one person are alike, some ${days.toFixed(1)} of them a person: ${words.join('; ')}. This widens intervals and moves no value.`,
  ]
}

/** Measures that share a prior's origin are told together. */
function priorLines({ priors }: ScoreExplanation): readonly string[] {
  const groups = new Map<string, string[]>()
  for (const [measure, { unitType, validFrom, validTo, status, basis }] of Object.entries(priors)) {
    const since = validFrom === '0001-01-01' ? '' : ` from ${validFrom}${validTo === undefined ? '' : ` to ${validTo}`}`
    const which = unitType === undefined ? 'starting values' : `fitted to units of the type ${unitType}`
    const words = `${which}${since}, ${status.replace('_', ' ')}: ${basis}`
    groups.set(words, [...(groups.get(words) ?? []), measure])
  }
  return [...groups].map(([words, measures]) => `  Known before ${measures.join(', ')}: ${words}`)
}
