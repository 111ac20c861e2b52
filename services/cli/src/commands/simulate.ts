import { createWorkCalendar } from '@bina/domain/calendar'
import { parseWeek } from '@bina/domain/week'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { loadPolicy } from '@bina/runtime/load-policy'
import { publishCity } from '@bina/simulator/publish-city'
import { publishOrder } from '@bina/simulator/publish-order'
import { simulateCity } from '@bina/simulator/simulate-city'
import { plantedStories } from '@bina/simulator/stories'
import type { CommandContext } from '../context.ts'
import { withPublisher } from '../publishing.ts'
import { type Servers, withServers } from '../servers.ts'

export interface SimulateOptions {
  readonly seed: string
  readonly weeks: number
  /** ISO week or Monday; the last closed one when absent. */
  readonly lastWeek?: string
  readonly events?: number
  readonly rate?: number
}

/** Publishes the weeks of a pretend Palembang. The same options publish the same events again, which changes nothing. */
export async function simulate(context: CommandContext, options: SimulateOptions): Promise<void> {
  const { published } = await withServers(context.env, (servers) => publishSimulatedCity(context, servers, options))
  context.say(`${published} events published.`)
  context.answer({ published })
}

export async function publishSimulatedCity(context: CommandContext, servers: Servers, options: SimulateOptions) {
  const { config, zone } = servers
  const policy = await loadPolicy(config.BINA_POLICY_DIR)
  const city = {
    seed: options.seed,
    weeks: options.weeks,
    lastWeekMonday: options.lastWeek === undefined ? lastClosedWeek(zone, Date.now()) : parseWeek(options.lastWeek),
    zone,
    calendar: createWorkCalendar({ zone, policy: policy.calendar }),
    source: 'urn:bina:simulator',
    ...(options.events === undefined ? {} : { eventsTarget: options.events }),
  }
  const step = context.progress.step('Simulating the city', options.events)
  const counted = await withPublisher(servers, (publisher) =>
    publishCity(publishOrder(simulateCity(city), { seed: options.seed }), publisher, {
      batchSize: 1_000,
      ...(options.rate === undefined ? {} : { perSecond: options.rate }),
      onProgress: ({ published }) => step.update(published, `${published} events`),
      signal: context.signal,
    }),
  )
  if (counted.aborted) {
    step.fail(`stopped after ${counted.published} events`)
    context.signal.throwIfAborted()
  }
  step.done(`${counted.published} events of ${options.weeks} weeks to ${city.lastWeekMonday}`)
  return { published: counted.published, week: city.lastWeekMonday, stories: plantedStories(city) }
}
