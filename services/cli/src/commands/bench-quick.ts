import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { withBenchServers } from '../bench/bench-servers.ts'
import { type QuickFigure, slipsOf, wordsOf } from '../bench/quick/slip.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { benchFreshness } from './bench-freshness.ts'
import { benchQuery } from './bench-query.ts'
import { benchReports } from './bench-reports.ts'
import { benchSink } from './bench-sink.ts'

export interface BenchQuickOptions {
  /** Writes the figures down, for later runs to be held against. */
  readonly record: boolean
  /** A slip fails the command. */
  readonly strict: boolean
}

const recordFile = fileURLToPath(new URL('../../../../docs/bench-quick.json', import.meta.url))

interface Recorded {
  readonly machine: { readonly cores: number; readonly model: string; readonly load: readonly number[] }
  readonly figures: Readonly<Record<string, number | null>>
}

/** A small version of the benches, in about two minutes, held against the figures that were written down last: a slip is seen at once. It
 *  judges nothing: another machine, or other work on this one, gives other figures. */
export async function benchQuick(context: CommandContext, options: BenchQuickOptions): Promise<void> {
  await withBenchServers(context, async (_, env) => {
    const answerOf = async (bench: (inner: CommandContext) => Promise<void>): Promise<unknown> => {
      let answer: unknown
      const keep = (value: object) => {
        answer = value
      }
      await bench({ ...context, env, say: () => undefined, answer: keep })
      return answer
    }
    const workers = availableParallelism()
    const sink = (await answerOf((inner) =>
      benchSink(inner, { events: 100_000, pairs: 2, workers, partitions: 6 }),
    )) as SinkAnswer
    const freshness = (await answerOf((inner) =>
      benchFreshness(inner, { rates: [500], seconds: 10, probes: 50, history: 0 }),
    )) as FreshnessAnswer
    const query = (await answerOf((inner) => benchQuery(inner, { sizes: [1_000_000], rounds: 5 }))) as QueryAnswer
    const reports = (await answerOf((inner) =>
      benchReports(inner, { mails: 4_000, charts: 300, pdfs: 150 }),
    )) as ReportsAnswer
    const [fresh] = freshness.runs
    const weekly = query.stores.flatMap(({ asked }) => asked).filter(({ part }) => part === 'Weeks')
    const figures: readonly QuickFigure[] = [
      {
        name: "sink: times the native engine's speed",
        value: sink.ratios?.withoutJoining ?? Number.NaN,
        better: 'higher',
      },
      { name: 'sink: events of one core second', value: sink.bina.eventsPerCoreSecond ?? Number.NaN, better: 'higher' },
      { name: 'freshness: p99 seconds to events', value: fresh?.events.p99Seconds ?? Number.NaN, better: 'lower' },
      { name: 'freshness: p99 seconds to the score', value: fresh?.score.p99Seconds ?? Number.NaN, better: 'lower' },
      {
        name: 'questions on weeks: slowest p50 ms',
        value: Math.max(...weekly.map(({ p50Ms }) => p50Ms)),
        better: 'lower',
      },
      ...reports.runs.map(
        ({ what, reportsPerCoreSecond: value }): QuickFigure => ({
          name: `reports: ${what}, of one core second`,
          value,
          better: 'higher',
        }),
      ),
    ]
    const machine = { cores: workers, model: cpus()[0]?.model ?? '', load: loadavg() }
    const recorded = await readRecord()
    const slips = slipsOf(figures, recorded?.figures)
    for (const { name, value } of figures) {
      const before = recorded?.figures[name] ?? undefined
      context.say(`${name}: ${round(value)}${before === undefined ? '' : ` (${round(before)} recorded)`}`)
    }
    for (const slip of slips) context.say(wordsOf(slip))
    if (options.record) {
      const nothing = figures.filter(({ value }) => !Number.isFinite(value)).map(({ name }) => name)
      if (nothing.length > 0) throw new CommandError(`Nothing was written down: ${nothing.join(', ')} came to nothing.`)
      const all = Object.fromEntries(figures.map(({ name, value }) => [name, round(value)]))
      await writeFile(recordFile, `${JSON.stringify({ machine, figures: all } satisfies Recorded, undefined, 2)}\n`)
      context.say(`Written down: ${recordFile}`)
    }
    context.answer({ machine, figures, slips, recorded })
    if (options.strict && slips.length > 0)
      throw new CommandError(`${slips.length} of the figures slipped: see above.`, 1, {
        code: 'slipped',
        hint: 'Look at the change, or run it again on a quiet machine; npx bina bench quick --record writes new figures down.',
      })
  })
}

const round = (value: number) => Number(value.toPrecision(3))

async function readRecord(): Promise<Recorded | undefined> {
  try {
    return JSON.parse(await readFile(recordFile, 'utf8')) as Recorded
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  }
}

interface SinkAnswer {
  readonly bina: { readonly eventsPerCoreSecond?: number }
  readonly ratios?: { readonly withoutJoining: number }
}

interface FreshnessAnswer {
  readonly runs: readonly {
    readonly events: { readonly p99Seconds: number }
    readonly score: { readonly p99Seconds: number }
  }[]
}

interface QueryAnswer {
  readonly stores: readonly { readonly asked: readonly { readonly part: string; readonly p50Ms: number }[] }[]
}

interface ReportsAnswer {
  readonly runs: readonly { readonly what: string; readonly reportsPerCoreSecond: number }[]
}
