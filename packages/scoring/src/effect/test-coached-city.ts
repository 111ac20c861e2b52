import type { CoachedSeries, WeekCount } from './coached-series.ts'

/** How a pretend city is made, and how its units come to be coached. */
export interface PretendCity {
  readonly seed: number
  /** Points that a first coaching adds from the next week on. */
  readonly planted: number
  /**
   * `waves`: in random order, so many every four weeks. `lowest`: the lowest over the last four weeks, in one week, and nobody after.
   */
  readonly chosenBy: 'waves' | 'lowest'
  /** Cases a week: person-days of an office, or a handful of complaints. */
  readonly cases: 'many' | 'few'
  readonly units?: number
  readonly weeks?: number
}

export const RAMADAN_WEEKS = [7, 8, 9, 10]

/** A number from 0 up to but not 1, the same for the same seed (Marsaglia's xorshift over a hashed state). */
export function createChance(seed: number): () => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x85ebca6b) >>> 0 || 1
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}

/**
 * Units differ for ever (6 points), drift from week to week (AR 0.6, 3 points), share a season, a bad week now and then, and a Ramadan
 * that costs 4 points and more in some than in others; days of one staff go together (1.6 times the spread of independent ones).
 */
export function pretendCity({ seed, planted, chosenBy, cases, ...size }: PretendCity): readonly CoachedSeries[] {
  const chance = createChance(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  const weeks = size.weeks ?? 52
  const units = size.units ?? 107
  const phase = chance() * 52
  const shared = Array.from({ length: weeks }, (_, week) => {
    const season = 2 * Math.sin((2 * Math.PI * (week + phase)) / 52)
    const haze = chance() < 0.04 ? -6 : 0
    return season + haze + normal()
  })
  const city = Array.from({ length: units }, () => {
    const level = 74 + 6 * normal()
    const fasting = -4 + 2 * normal()
    const staff = 6 + Math.floor(10 * chance())
    const perWeek = cases === 'many' ? staff * 5 : 0.5 + 3 * chance()
    let drift = 3 * normal()
    return { level, fasting, perWeek, drifts: shared.map(() => (drift = 0.6 * drift + 3 * 0.8 * normal())) }
  })
  const countOf = (unit: (typeof city)[number], week: number, lift: number): WeekCount | undefined => {
    const fasting = RAMADAN_WEEKS.includes(week) ? unit.fasting : 0
    const points = unit.level + (shared[week] ?? 0) + (unit.drifts[week] ?? 0) + fasting + lift
    const share = Math.min(0.99, Math.max(0.01, points / 100))
    if (cases === 'many') {
      const denominator = Math.round(unit.perWeek * (0.85 + 0.15 * chance()))
      const spread = Math.sqrt((1.6 * share * (1 - share)) / denominator)
      const found = Math.min(1, Math.max(0, share + spread * normal()))
      return { numerator: Math.round(found * denominator), denominator }
    }
    let denominator = 0
    for (let left = Math.exp(-unit.perWeek), product = chance(); product > left; product *= chance()) denominator += 1
    let numerator = 0
    for (let one = 0; one < denominator; one++) if (chance() < share) numerator += 1
    return denominator === 0 ? undefined : { numerator, denominator }
  }
  // What would have been without coaching is drawn first: by it the lowest are chosen.
  const base = city.map((unit) => shared.map((_, week) => countOf(unit, week, 0)))
  const coachedAt = chosenBy === 'waves' ? waves(units, weeks, chance) : lowest(base, Math.floor(weeks / 2))
  return city.map((unit, at) => {
    const from = coachedAt[at]
    const seen = (base[at] ?? []).map((count, week) =>
      from === undefined || week <= from || planted === 0 ? count : countOf(unit, week, planted),
    )
    return { unitId: `unit-${at}`, unitType: 'kelurahan', coachedAt: from, weeks: seen }
  })
}

/** A wave of a tenth of the units every four weeks from week 16 on; whoever is left when the weeks end is not coached yet. */
function waves(units: number, weeks: number, chance: () => number): readonly (number | undefined)[] {
  const order = Array.from({ length: units }, (_, at) => ({ at, key: chance() })).toSorted((a, b) => a.key - b.key)
  const coachedAt = new Array<number | undefined>(units).fill(undefined)
  for (const [place, { at }] of order.entries()) {
    const week = 16 + 4 * Math.floor((10 * place) / units)
    if (week < weeks) coachedAt[at] = week
  }
  return coachedAt
}

function lowest(base: readonly (readonly (WeekCount | undefined)[])[], week: number): readonly (number | undefined)[] {
  const recent = base.map((weeks, at) => {
    const some = weeks.slice(week - 4, week)
    const sum = (of: (count: WeekCount) => number) => some.reduce((all, count) => all + (count ? of(count) : 0), 0)
    return {
      at,
      share:
        sum((count) => count.numerator) /
        Math.max(
          1,
          sum((count) => count.denominator),
        ),
    }
  })
  const chosen = new Set(
    recent
      .toSorted((a, b) => a.share - b.share)
      .slice(0, 10)
      .map(({ at }) => at),
  )
  return base.map((_, at) => (chosen.has(at) ? week : undefined))
}
