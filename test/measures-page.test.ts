import { readFileSync } from 'node:fs'
import { judgeDiscipline } from '@bina/scoring/judge-discipline'
import { judgeMeasure } from '@bina/scoring/judge-measure'
import { judgeService } from '@bina/scoring/judge-service'
import { lengthByWhichEnded, survivalSteps } from '@bina/scoring/kaplan-meier'
import { MEASURE_IDS, type MeasureId } from '@bina/scoring/measure-id'
import { cityRules } from '@bina/scoring/test-city-rules'
import { describe, expect, it } from 'vitest'

// The page that reports link to: an anchor for each measure, and examples that are what the product says.

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const page = read('docs/measures.md')
const rules = cityRules()
const ids = [...new Set(MEASURE_IDS.map((id) => id.split('.')[0] ?? id))]
const sectionOf = (id: string) => page.split(`<a id="${id.toLowerCase()}"></a>`)[1]?.split(/\n## |\n<a id/)[0] ?? ''

const twelvePeople = 12 * 19 ** 2
const squaredDays = (measure: string) => (/^A[123]$/.test(measure) ? { squaredDays: twelvePeople } : {})

function asTold(measure: MeasureId, numerator: number, denominator: number): string {
  const { estimate, lower80, upper80 } = judgeMeasure(
    { measure, numerator, denominator, ...squaredDays(measure) },
    rules,
  )
  if (measure === 'A4') return `${estimate.toFixed(1)} minutes (${lower80.toFixed(1)} to ${upper80.toFixed(1)})`
  if (measure === 'K2' || measure === 'S12')
    return `${estimate.toFixed(2)} (${lower80.toFixed(2)} to ${upper80.toFixed(2)})`
  const [figure, from, to] = [estimate, lower80, upper80].map((part) => Math.round(100 * part))
  return `${figure} % (${from} to ${to} %)`
}

const examples = { S1: [11, 14], S2: [9, 13], S3: [4, 5], S4: [47, 50], S5: [7.2, 9], S6: [6.3, 9] } as const
const days = { A1: [221, 228], A2: [190, 228], A3: [205, 228], C1: [7, 8] } as const
const scored = (
  judge: typeof judgeService | typeof judgeDiscipline,
  table: Readonly<Record<string, readonly [number, number]>>,
) => {
  const judged = judge((measure) => {
    const [numerator, denominator] = table[measure] ?? [0, 0]
    return { numerator, denominator, ...squaredDays(measure) }
  }, rules)
  return judged
}
const points = ({ value, lower80, upper80 }: { value: number | null; lower80: number; upper80: number }) =>
  `${(value ?? Number.NaN).toFixed(1)} (${lower80.toFixed(1)} to ${upper80.toFixed(1)})`

describe('docs/measures.md', () => {
  it.each(ids)(
    'has a place for %s to link to, with what it counts, leaves out, an example, and how it is played with',
    (id) => {
      const section = sectionOf(id)
      for (const part of ['Leaves out', 'Example', 'Played with', 'Window and table'])
        expect(section).toContain(`**${part}:**`)
    },
  )

  it.each(ids.filter((id) => id !== 'S7' && id !== 'S11'))('has the example of %s as the product judges it', (id) => {
    const measure = (id === 'A5' ? 'A5.TL1' : id) as MeasureId // one of the ids of the page
    const [, numerator, denominator, told] = /`([\d.]+)\/(\d+)` reads (\S.*?\))/.exec(sectionOf(id)) ?? []
    expect(told).toBe(asTold(measure, Number(numerator), Number(denominator)))
  })

  it('has the example of S7 as the product works it out', () => {
    const ended = [6, 9, 12, 15, 20, 24, 30, 36].map((length) => ({ length, ended: true }))
    const open = { length: 40, ended: false }
    const steps = survivalSteps([...ended, open, open])
    expect([lengthByWhichEnded(0.5, steps), lengthByWhichEnded(0.8, steps)]).toEqual([20, 36])
  })

  it('has both scores as the product judges their examples', () => {
    expect(page).toContain(`S5 7.2/9, S6 6.3/9): ${points(scored(judgeService, examples))}`)
    expect(page).toContain(`of twelve people, C1 7/8): ${points(scored(judgeDiscipline, days))}`)
    expect(page).toContain(`the same records: ${points(scored(judgeDiscipline, { ...days, C1: [3, 8] }))}`)
    const closed = { ...examples, S1: [14, 14], S2: [13, 13], S4: [50, 50] } as const
    const [pretended, honest] = [1, 5].map((done) =>
      scored(judgeService, { ...closed, S3: [done, 5] }).value?.toFixed(1),
    )
    expect(page).toContain(`earns ${pretended} points, doing them ${honest}`)
  })

  it('has each heading once', () => {
    const headings: readonly string[] = page.match(/^##+ .*$/gm) ?? []
    expect(headings.filter((heading, at) => headings.indexOf(heading) !== at)).toEqual([])
  })

  it('has the weights of the policy', () => {
    const told = [...page.matchAll(/^\| (?:service|discipline) \|.*\| (\d+) to (\d+) % \| (\d+) \|$/gm)].map(
      ([, ...cells]) => cells.map(Number),
    )
    const terms = [...Object.values(rules.service.terms), ...Object.values(rules.discipline.terms)]
    expect(told).toEqual(
      terms.map(({ floor, target, weight }) => [floor, target, weight].map((part) => Math.round(100 * part))),
    )
  })

  it('has its measures in Indonesian too, each with the same example', () => {
    const indonesian = read('docs/id/measures.md')
    for (const id of ids) {
      expect(indonesian).toContain(`<a id="${id.toLowerCase()}"></a>`)
      const example = /`[\d.]+\/\d+` reads/.exec(sectionOf(id))?.[0]?.split(' ')[0]
      if (example !== undefined) expect(indonesian).toContain(example.replace('.', ','))
    }
  })
})
