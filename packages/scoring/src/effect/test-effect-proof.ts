import type { CoachingEffect } from './coached-series.ts'
import { COACHING_MEASURES } from './coaching-measures.ts'
import type { EffectRules } from './effect-rules.ts'
import { pooledEffect } from './pooled-effect.ts'
import { type PretendCity, pretendCity, RAMADAN_WEEKS } from './test-coached-city.ts'
import { unitEffect } from './unit-effect.ts'

export const effectRules: EffectRules = {
  unitWeeks: { least: 12, most: 26 },
  pooled: { least: 4, most: 12, recent: 4, coachedUnits: 8, comparedUnits: 8 },
  conclusion: { confidence: 0.95, nonePoints: 3 },
}

const measures = COACHING_MEASURES.length

export interface Proof {
  readonly cities: number
  /** Share for which there is a figure at all. */
  readonly answered: number
  /** Of these, the share whose 80 % interval holds the planted points. */
  readonly held: number
  /** Share that concludes something, or that there is nothing. */
  readonly higher: number
  readonly lower: number
  readonly none: number
  readonly meanEffect: number
  readonly meanWidth: number
}

/** Asks the same question of many pretend cities: of the whole city, or of one coached unit of each. */
export function proveEffect(
  about: 'city' | 'unit',
  city: Omit<PretendCity, 'seed'>,
  cities: number,
  firstSeed = 1,
): Proof {
  const found: CoachingEffect[] = []
  const weeks = city.weeks ?? 52
  const ramadan = Array.from({ length: weeks }, (_, week) => (RAMADAN_WEEKS.includes(week) ? 1 : 0))
  for (let seed = firstSeed; seed < firstSeed + cities; seed++) {
    const series = pretendCity({ ...city, seed })
    const coached = series.flatMap(({ unitId, coachedAt }) =>
      coachedAt === undefined ? [] : [{ unitId, at: coachedAt }],
    )
    if (about === 'city') found.push(pooledEffect(series, coached, effectRules, measures))
    else {
      // Any unit of the first waves, so that weeks enough lie on both sides and others are not yet coached.
      const able = coached.filter(({ at }) => at <= 28 && weeks - 1 - at >= 12)
      const one = able[seed % able.length]
      if (one !== undefined) found.push(unitEffect(series, one, ramadan, effectRules, measures))
    }
  }
  const answered = found.filter(({ effect }) => effect !== undefined)
  const share = (of: (effect: CoachingEffect) => boolean) => found.filter(of).length / found.length
  const mean = (of: (effect: CoachingEffect) => number) =>
    answered.reduce((sum, one) => sum + of(one), 0) / answered.length
  const holds = ({ lower80 = 999, upper80 = -999 }: CoachingEffect) =>
    lower80 <= city.planted && city.planted <= upper80
  return {
    cities: found.length,
    answered: answered.length / found.length,
    held: answered.filter(holds).length / answered.length,
    higher: share(({ conclusion }) => conclusion === 'higher'),
    lower: share(({ conclusion }) => conclusion === 'lower'),
    none: share(({ conclusion }) => conclusion === 'none'),
    meanEffect: mean(({ effect }) => effect ?? Number.NaN),
    meanWidth: mean(({ lower80, upper80 }) => (upper80 ?? Number.NaN) - (lower80 ?? Number.NaN)),
  }
}
