import { readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { connectClickHouse } from '@bina/clickhouse/connect'
import { selectRows } from '@bina/clickhouse/select-rows'
import { lastClosedWeek } from '@bina/pipeline/report/due-weeks'
import { clickHouseSettings } from '@bina/runtime/settings'
import { askQuestions } from '../bench/ask-questions.ts'
import { layOutAskedCity } from '../bench/asked-city.ts'
import { withBenchServers } from '../bench/bench-servers.ts'
import { questionsOf } from '../bench/questions.ts'
import { thisMachine } from '../bench/this-machine.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'

export interface BenchQueryOptions {
  /** Sizes of the store, in events. */
  readonly sizes: readonly number[]
  readonly rounds: number
}

const page = new URL('../../../../docs/queries.md', import.meta.url)
const goalMs = 100

/** Times the questions of docs/queries.md over stores of these sizes, each in a database of its own that is dropped again. */
export async function benchQuery(context: CommandContext, options: BenchQueryOptions): Promise<void> {
  const questions = questionsOf(await readPage())
  await withBenchServers(context, async ({ config, zone }) => {
    const server = clickHouseSettings(config, 'cli')
    const lastWeek = lastClosedWeek(zone, Date.now())
    const stores = []
    for (const events of options.sizes) {
      const startMs = performance.now()
      const step = context.progress.step(`Laying out ${events} events`)
      const city = await layOutAskedCity(server, {
        zone,
        events,
        lastWeek,
        signal: context.signal,
        onProgress: (done, total) => step.update(done, `${Math.floor((100 * done) / total)} %`),
      })
      step.done()
      const laidOutSeconds = (performance.now() - startMs) / 1000
      try {
        await settled(city.settings, context.signal)
        const { progress, signal } = context
        const asked = await askQuestions(city.settings, city, { questions, rounds: options.rounds, progress, signal })
        stores.push({
          events: city.events,
          units: city.units,
          laidOutSeconds,
          parts: await parts(city.settings),
          asked,
        })
      } finally {
        await city.drop()
      }
    }
    const machine = thisMachine()
    const overGoal = stores.flatMap(({ events, asked }) =>
      asked
        .filter(({ part, p95Ms }) => part === 'Weeks' && !(p95Ms < goalMs))
        .map(({ number }) => ({ events, number })),
    )
    const result = { machine, load: loadavg(), goalMs, overGoal, stores }
    for (const { events, asked } of stores) {
      context.say(`${events} events: p50 and p95 in milliseconds`)
      for (const { number, title, p50Ms, p95Ms, readRows, refused } of asked) {
        const figures = refused ?? `${p50Ms.toFixed(0)} ${p95Ms.toFixed(0)} (${readRows} rows read)`
        context.say(`${String(number).padStart(3)}. ${title} ${figures}`)
      }
    }
    context.answer(result)
  })
}

async function readPage(): Promise<string> {
  try {
    return await readFile(page, 'utf8')
  } catch (cause) {
    const hint = 'Run it from a clone of the repository.'
    throw new CommandError(`The questions are not here: ${fileURLToPath(page)} cannot be read.`, 1, { hint, cause })
  }
}

/** A store at rest: what is being merged would be timed as well. */
async function settled(settings: Parameters<typeof connectClickHouse>[0], signal: AbortSignal): Promise<void> {
  const client = connectClickHouse(settings)
  try {
    for (;;) {
      signal.throwIfAborted()
      const [merges] = await selectRows<{ n: number }>(
        client,
        'SELECT count() AS n FROM system.merges WHERE database = currentDatabase()',
      )
      if (merges?.n === 0) return
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  } finally {
    await client.close()
  }
}

async function parts(settings: Parameters<typeof connectClickHouse>[0]) {
  const client = connectClickHouse(settings)
  try {
    return await selectRows<{ table: string; parts: number; rows: number; bytes: number }>(
      client,
      `SELECT table, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
       WHERE database = currentDatabase() AND active GROUP BY table HAVING rows > 0 ORDER BY table`,
    )
  } finally {
    await client.close()
  }
}
