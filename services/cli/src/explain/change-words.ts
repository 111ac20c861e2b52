import type { HiddenReason } from '@bina/scoring/explain/explain-score'
import type { Lift } from '@bina/scoring/explain/lifts-of'
import type { Band } from '@bina/scoring/judge-score'
import type { ScoreExplanation } from './explanation.ts'

export const bandWords: Readonly<Record<Band, string>> = {
  kept: 'kept',
  needs_attention: 'needs attention',
  needs_support: 'needs support',
  inconclusive: 'inconclusive',
  not_enough_data: 'not enough data',
}

/** One of them, several of them, and what would have had to be so. */
const repairedWords: Readonly<Record<string, readonly [one: string, several: string, had: string]>> = {
  A1: ['person-day missed without an excuse', 'person-days missed without an excuse', 'had been worked'],
  A2: ['person-day not begun in time', 'person-days not begun in time', 'had been'],
  A3: ['person-day not worked to its end', 'person-days not worked to their end', 'had been'],
  S1: ['complaint not answered in time', 'complaints not answered in time', 'had been'],
  S2: ['complaint not settled in time for good', 'complaints not settled in time for good', 'had been'],
  S3: ['closed case that a check did not find fixed', 'closed cases that a check did not find fixed', 'had been fixed'],
  S4: ['case left open past its date', 'cases left open past their date', 'had been closed'],
}

/** What would have to change, each sentence judged anew with the figures as they stand. About work, never about a person. */
export function changeWords(score: ScoreExplanation): readonly string[] {
  const { judged, hidden, lifts, terms, mostOpen } = score
  const open = terms.find(({ term }) => term === mostOpen)
  const most =
    open &&
    `The most points are still to be had from ${open.term}: ${points(open.open)} of its ${points(100 * open.weight)}.`
  if (hidden.length > 0) return [...hidden.map(missingWords), ...(most ? [most] : [])]
  if (judged.band === 'kept') return ['Nothing: the band is the best there is.', ...(most ? [most] : [])]
  const alone =
    'No single kind of case would have brought a better band; several together, or more weeks that go well, do.'
  return [...(most ? [most] : []), ...(lifts.length === 0 ? [alone] : lifts.map(liftWords))]
}

function liftWords({ move, measures, cases, of, band }: Lift): string {
  const would = `the band would be '${bandWords[band]}'.`
  if (move === 'added')
    return measures.some((measure) => measure === 'C1')
      ? `With ${counted(cases, 'further random check', 'further random checks')} that ${cases === 1 ? 'confirms' : 'confirm'} the record, and all else as it is, ${would}`
      : `With ${counted(cases, 'further complaint', 'further complaints')} answered and settled in time, and all else as it is, ${would}`
  const [one, several, had] = repairedWords[measures[0] ?? ''] ?? ['case', 'cases', 'had gone well']
  const which = of === 1 ? `the one ${one}` : `${cases === of ? 'all' : cases} of the ${whole(of ?? cases)} ${several}`
  return `If ${which} ${had}, ${would}`
}

export function missingWords(reason: HiddenReason): string {
  if (reason.kind === 'too_wide')
    return `Its interval is ${points(reason.width)} points wide, and above ${points(reason.atMost)} no score is shown. More that is counted makes it narrower.`
  const { measure, needed, counted: had, window } = reason
  const missing = Math.ceil(needed - had)
  return measure === 'A1'
    ? `${counted(missing, 'more person-day is', 'more person-days are')} wanted: ${whole(had)} of ${whole(needed)} in ${window}.`
    : `${counted(missing, 'more complaint that falls due is', 'more complaints that fall due are')} wanted: ${whole(had)} of ${whole(needed)} in ${window}.`
}

export const points = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1))
export const whole = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(2))
const counted = (count: number, one: string, several: string) => `${whole(count)} ${count === 1 ? one : several}`
