import { fittingCounts, fittingPersonSums } from '@bina/clickhouse/fitting-counts'
import { addDays } from '@bina/domain/plain-date'
import { mondayOf } from '@bina/domain/week'
import { dateIn } from '@bina/domain/zone'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { loadPolicy } from '@bina/runtime/load-policy'
import {
  type CorrelationProposal,
  LEAST_CORRELATED_UNITS,
  LEAST_PERSONS,
  proposeCorrelations,
} from '@bina/scoring/fit-correlation'
import { LEAST_OBSERVATIONS, LEAST_UNITS, type PriorProposal, proposePriors } from '@bina/scoring/propose-priors'
import { nextQuarter, parseQuarter, quarterOf } from '@bina/scoring/quarter'
import { type Prior, SCORED_TYPES, scoringRulesOn } from '@bina/scoring/scoring-policy'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { writePriors } from '../policy/write-priors.ts'
import { withServers } from '../servers.ts'
import { textTable } from '../text-table.ts'

const reasons: Readonly<Record<PriorProposal['reason'], string>> = {
  fitted: '',
  too_few_units: `kept: fewer than ${LEAST_UNITS} units`,
  too_few_observations: `kept: fewer than ${LEAST_OBSERVATIONS} observations`,
  no_difference: 'kept: all alike, nothing to learn from',
}

const correlationReasons: Readonly<Record<CorrelationProposal['reason'], string>> = {
  fitted: '',
  too_few_units: `kept: fewer than ${LEAST_CORRELATED_UNITS} units with two people`,
  too_few_persons: `kept: fewer than ${LEAST_PERSONS} people`,
  no_difference: 'kept: all alike, nothing to learn from',
}

/**
 * Proposes the priors of a quarter, and how alike the days of a person are, from the counts before it; writes them into the policy only
 * when told to.
 */
export async function fitPriors(
  context: CommandContext,
  options: { readonly quarter?: string; readonly write?: boolean },
): Promise<void> {
  const asked = options.quarter === undefined ? undefined : parseQuarter(options.quarter)
  await withServers(context.env, async ({ clickhouse, config, zone }) => {
    const nowMs = Date.now()
    const dir = config.BINA_POLICY_DIR
    const quarter = asked ?? nextQuarter(quarterOf(dateIn(zone, nowMs)))
    const policy = await loadPolicy(dir)
    // Only what was closed when the quarter began: its own weeks do not judge themselves.
    const before = addDays(mondayOf(quarter.first), -7)
    const closed = lastClosedWeek(zone, nowMs)
    const week = [before, closed].sort()[0] ?? closed
    const counts = await fittingCounts(clickhouse, week)
    const types = SCORED_TYPES.map((unitType) => ({
      unitType,
      proposals: proposePriors(
        (measure) => counts.filter((row) => row.unitType === unitType && row.measure === measure),
        scoringRulesOn(policy.scoring, mondayOf(addDays(quarter.first, 6)), unitType),
      ),
    }))
    context.say(`Priors for ${quarter.name}, fitted to the weeks up to ${addDays(week, 6)}:`)
    for (const { unitType, proposals } of types) {
      context.say(`\n${unitType}`)
      const rows = proposals.map(({ measure, present, proposed, units, observations, reason }) => [
        measure,
        words(present),
        proposed === undefined ? '' : `-> ${words(proposed)}`,
        String(units),
        String(Math.round(observations)),
        reasons[reason],
      ])
      for (const line of textTable([['', 'now', 'proposed', 'units', 'n', ''], ...rows], [3, 4]))
        context.say(`  ${line}`)
    }
    const sums = await fittingPersonSums(clickhouse, week)
    const present = scoringRulesOn(policy.scoring, mondayOf(addDays(quarter.first, 6)))
    const correlations = proposeCorrelations((measure) => sums.filter((row) => row.measure === measure), present)
    context.say('\nHow alike the days of one person are (rho): it widens intervals, and moves no value')
    const correlationRows = correlations.map((one) => [
      one.measure,
      String(one.present),
      one.proposed === undefined ? '' : `-> ${one.proposed}`,
      String(one.units),
      String(one.persons),
      String(one.days),
      correlationReasons[one.reason],
    ])
    for (const line of textTable(
      [['', 'now', 'proposed', 'units', 'people', 'days', ''], ...correlationRows],
      [3, 4, 5],
    ))
      context.say(`  ${line}`)
    const fitted = types
      .map(({ unitType, proposals }) => ({
        unitType,
        priors: Object.fromEntries(
          proposals.flatMap(({ measure, proposed }) => (proposed ? [[measure, proposed]] : [])),
        ),
      }))
      .filter(({ priors }) => Object.keys(priors).length > 0)
    if (options.write !== true) {
      context.say('\nNothing was written. To take them over: npx bina score fit-priors --write')
      context.answer({ quarter, week, types, correlations, written: false })
      return
    }
    const frozen = fitted.filter(({ unitType }) =>
      policy.scoring.fittedPriors?.[unitType]?.some(
        ({ validFrom, validTo }) => validFrom <= quarter.last && (validTo ?? '9') >= quarter.first,
      ),
    )
    if (frozen.length > 0)
      throw new CommandError(
        `${quarter.name} has fitted priors already, which stay as they are. Take them out of ${dir}/scoring.yaml by hand if they were wrong.`,
      )
    const likeness = Object.fromEntries(
      correlations.flatMap(({ measure, proposed }) => (proposed === undefined ? [] : [[measure, proposed]])),
    )
    const hasLikeness = Object.keys(likeness).length > 0
    if (fitted.length === 0 && !hasLikeness)
      throw new CommandError('There is too little to fit: the present priors are kept.')
    const basis = `Fitted by bina score fit-priors to the city's counts up to ${addDays(week, 6)}; to be accepted by whoever decides`
    const version = await writePriors(
      dir,
      quarter,
      fitted,
      basis,
      hasLikeness ? { ...present.personCorrelation, ...likeness } : undefined,
    )
    context.say(`\nWritten to ${dir}/scoring.yaml, as version ${version}. What must follow:`)
    context.say('  1. Have whoever decides read them, and set their status in scoring.yaml.')
    context.say('  2. npx bina policy check')
    context.say(`  3. Stop the score-workers and start them anew: weeks from ${quarter.first} on are judged again.`)
    context.answer({ quarter, week, types, correlations, written: true, version })
  })
}

const words = ({ mean, strength }: Prior) => `${mean} (${strength})`
