import { availableParallelism, loadavg } from 'node:os'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { loadPolicy } from '@bina/runtime/load-policy'
import { clickHouseSettings } from '@bina/runtime/settings'
import { withBenchServers } from '../bench/bench-servers.ts'
import { generateLog } from '../bench/generated-log.ts'
import { createLateEventsBench, type LateRun } from '../bench/late-events.ts'
import { medianOf } from '../bench/median.ts'
import { watchMemory } from '../bench/memory-peak.ts'
import { judgeNationInParts } from '../bench/nation-parts.ts'
import { judgeNationWeek } from '../bench/nation-week.ts'
import { thisMachine } from '../bench/this-machine.ts'
import type { CommandContext } from '../context.ts'
import { rebuildCity } from '../score/rebuild-city.ts'

export interface BenchScoresOptions {
  /** Sizes of the store, in events. */
  readonly sizes: readonly number[]
  readonly rounds: number
  readonly lateEvents: number
  readonly rebuild: number
  readonly units: number
  /** A part of the nation's units, and nothing else: how the command asks itself. */
  readonly part?: { readonly from: number; readonly to: number }
}

/** What late events, a full rebuild and a nation's week cost, in databases of its own on the given ClickHouse. Prints raw runs. */
export async function benchScores(context: CommandContext, options: BenchScoresOptions): Promise<void> {
  await withBenchServers(context, async ({ config, zone }) => {
    const policy = await loadPolicy(config.BINA_POLICY_DIR)
    const settings = clickHouseSettings(config, 'cli')
    const clock = Date.now
    const lastWeek = lastClosedWeek(zone, clock())
    const world = { policy, zone, clock }
    if (options.part !== undefined) {
      context.answer({ nation: judgeNationWeek(policy.scoring, lastWeek, options.part) })
      return
    }
    const result = {
      machine: {
        ...thisMachine(),
        load: loadavg(),
      },
      late:
        options.rounds === 0 ? undefined : await benchLate(context, settings, { ...options, zone, lastWeek }, world),
      rebuild:
        options.rebuild === 0
          ? undefined
          : await benchRebuild(context, settings, { events: options.rebuild, zone, lastWeek }, world),
      nation: options.units === 0 ? undefined : await benchNation(context, options.units),
      loadAfter: loadavg(),
    }
    context.say(JSON.stringify(result, undefined, 2))
    context.answer(result)
  })
}

type World = Parameters<typeof createLateEventsBench>[1]
type Settings = Parameters<typeof generateLog>[0]

async function benchLate(
  context: CommandContext,
  settings: Settings,
  options: Pick<BenchScoresOptions, 'sizes' | 'rounds' | 'lateEvents'> & {
    readonly zone: string
    readonly lastWeek: string
  },
  world: World,
) {
  const runs: LateRun[] = []
  const prepared: { log: Awaited<ReturnType<typeof generateLog>>; bench: ReturnType<typeof createLateEventsBench> }[] =
    []
  try {
    for (const events of options.sizes) {
      const log = await layOut(context, settings, { ...options, events, isFolded: true })
      prepared.push({ log, bench: createLateEventsBench(log, world) })
    }
    // Round 0 warms up. The sizes take turns, so that whatever else the machine does meets all of them.
    for (let round = 0; round <= options.rounds; round++) {
      for (const { bench } of prepared) {
        context.signal.throwIfAborted()
        const run = await bench.run(round, options.lateEvents)
        if (round > 0) runs.push(run)
      }
    }
  } finally {
    for (const { log, bench } of prepared) {
      await bench.close()
      await log.drop()
    }
  }
  const medians = prepared.map(({ log }) => ({
    events: log.events,
    seconds: medianOf(runs.filter((run) => run.events === log.events).map((run) => run.foldSeconds + run.judgeSeconds)),
  }))
  const smallest = medians[0]?.seconds ?? 0
  return { runs, medians: medians.map((one) => ({ ...one, ratio: one.seconds / smallest })) }
}

async function layOut(
  context: CommandContext,
  settings: Settings,
  options: Pick<Parameters<typeof generateLog>[1], 'events' | 'zone' | 'lastWeek' | 'isFolded'>,
) {
  const step = context.progress.step(`Laying out ${options.events} events`)
  const onProgress = (done: number, total: number) => step.update(done, `${Math.floor((100 * done) / total)} %`)
  const log = await generateLog(settings, { ...options, onProgress, signal: context.signal })
  step.done()
  return log
}

async function benchRebuild(
  context: CommandContext,
  settings: Settings,
  options: { readonly events: number; readonly zone: string; readonly lastWeek: string },
  { policy, clock }: World,
) {
  const log = await layOut(context, settings, { ...options, isFolded: false })
  const step = context.progress.step(`Rebuild of ${options.events} events`)
  const client = connectClickHouse(log.settings)
  const peak = watchMemory(client)
  try {
    const startMs = performance.now()
    const rebuilt = await rebuildCity(
      { settings: log.settings, zone: options.zone, cityProfile: 'office_5d', anew: true },
      {
        policy,
        touches: { touch: async () => {}, touchUnits: async () => {} },
        clock,
        signal: context.signal,
        onProgress: (name, done, total) => step.update(done, `${name}: ${done} of ${total}`),
      },
    )
    const seconds = (performance.now() - startMs) / 1000
    step.done()
    return { events: log.events, ...rebuilt, seconds, eventsPerSecond: log.events / seconds, peak: await peak() }
  } finally {
    await peak()
    await client.close()
    await log.drop()
  }
}

async function benchNation(context: CommandContext, units: number) {
  const processes = Math.min(units, availableParallelism())
  const step = context.progress.step(`A week of ${units} units, in ${processes} processes`)
  const run = await judgeNationInParts(units, processes, context)
  step.done()
  return run
}
