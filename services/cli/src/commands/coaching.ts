import { measuredWeeks, writeCoachingEffects } from '@bina/clickhouse/coaching-effects'
import { createEntityLog } from '@bina/clickhouse/entity-log'
import { createUnitFacts } from '@bina/clickhouse/unit-facts'
import { addDays } from '@bina/domain/plain-date'
import { dateIn } from '@bina/domain/zone'
import { askEffect, type EffectQuestion } from '@bina/pipeline/effect/ask-effect'
import { type CoachedWeeks, readCoachedWeeks } from '@bina/pipeline/effect/coaching-facts'
import { drawWaves } from '@bina/pipeline/effect/draw-waves'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { readCityRoster } from '@bina/pipeline/spot-check/city-roster'
import { loadPolicy } from '@bina/runtime/load-policy'
import { loadEffectPolicy } from '@bina/runtime/load-practice'
import { COACHING_MEASURES } from '@bina/scoring/effect/coaching-measures'
import { effectRulesOn } from '@bina/scoring/effect/effect-rules'
import { tellEffect } from '../coaching/tell-effect.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { withServers } from '../servers.ts'

const weeksRead = 104

/** Says of a unit, an action or the whole city whether coaching helped, and keeps the answer in `coaching_effect`. */
export async function coachingEffect(context: CommandContext, subject: string): Promise<void> {
  await withServers(context.env, async ({ clickhouse, zone, config }) => {
    const policy = await loadPolicy(config.BINA_POLICY_DIR)
    const lastWeek = lastClosedWeek(zone, Date.now())
    const rules = effectRulesOn(await loadEffectPolicy(config.BINA_POLICY_DIR), lastWeek)
    const coached = await readCoachedWeeks(createEntityLog(clickhouse), zone)
    const question = questionOf(subject, coached, await createUnitFacts(clickhouse, { zone }).allUnits())
    const span = { fromWeek: addDays(lastWeek, -7 * (weeksRead - 1)), toWeek: lastWeek }
    const measured = await measuredWeeks(clickhouse, { measures: COACHING_MEASURES, ...span })
    const facts = { coached, measured, lastWeek, ramadan: policy.calendar.ramadan }
    const answers = askEffect(question, facts, rules)
    await writeCoachingEffects(
      clickhouse,
      answers.map((answer) => ({
        ...question,
        measure: answer.measure,
        coached_units: answer.coachedUnits,
        compared_units: answer.comparedUnits,
        weeks_before: answer.weeksBefore,
        weeks_after: answer.weeksAfter,
        effect: answer.effect ?? null,
        lower80: answer.lower80 ?? null,
        upper80: answer.upper80 ?? null,
        conclusion: answer.conclusion,
        reason: answer.reason ?? '',
        method: answer.method ?? '',
        policy_version: policy.version,
        through_week: lastWeek,
      })),
    )
    for (const line of tellEffect(question, answers, { lastWeek, rules })) context.say(line)
    context.answer({ ...question, lastWeek, measures: answers })
  })
}

function questionOf(subject: string, coached: readonly CoachedWeeks[], units: readonly string[]): EffectQuestion {
  if (subject === 'city') return { kind: 'city', subject }
  if (units.includes(subject)) return { kind: 'unit', subject }
  const actions = new Set(coached.flatMap((unit) => [...unit.actions.keys()]))
  if (actions.has(subject)) return { kind: 'action', subject }
  const known = [...actions].toSorted()
  throw new CommandError(
    `Neither a unit nor an action is called ${subject}. ${known.length === 0 ? 'No action was agreed on yet.' : `Actions agreed on: ${known.join(', ')}.`} For all units: npx bina coaching effect city`,
  )
}

/** Prints the order of a first coaching in waves, drawn from a text that was announced before. */
export async function coachingWaves(
  context: CommandContext,
  { text, waves, type }: { readonly text: string; readonly waves: number; readonly type: string },
): Promise<void> {
  await withServers(context.env, async ({ clickhouse, zone }) => {
    const units = await readCityRoster(createEntityLog(clickhouse), dateIn(zone, Date.now()))
    const ids = units.filter(({ unitType }) => unitType === type).map(({ unitId }) => unitId)
    if (ids.length < waves)
      throw new CommandError(`The directory knows ${ids.length} units of type ${type}, fewer than ${waves} waves.`)
    const drawn = drawWaves(text, ids, waves)
    for (const [at, wave] of drawn.entries()) context.say(`Wave ${at + 1}: ${wave.join(' ')}`)
    context.say('Leave at least four weeks between waves: the later ones are what the earlier are held against.')
    context.answer({ text, type, waves: drawn })
  })
}
