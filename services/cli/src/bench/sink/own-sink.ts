import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClickHouseClient } from '@bina/clickhouse/connect'
import { selectRows } from '@bina/clickhouse/select-rows'

import { type ServiceProcess, startService } from '../../city/service-process.ts'
import { CommandError } from '../../command-error.ts'
import type { CommandContext } from '../../context.ts'
import { bundleServices } from '../bundled-services.ts'
import { untilCountable } from './countable.ts'
import { coreSecondsOf } from './process-time.ts'

export interface TimedSink {
  readonly seconds: number
  readonly joinSeconds: number
  readonly firstRowSeconds: number
  /** Of the processes that were started for it. */
  readonly coreSeconds: Readonly<Record<string, number | undefined>>
}

/** The real sink-workers, bundled as the image has them, as processes, from their spawn until every event is countable. They are gone when
 *  this resolves. */
export async function runOwnSink(
  client: ClickHouseClient,
  options: {
    readonly workers: number
    readonly events: number
    readonly env: Readonly<Record<string, string | undefined>>
    readonly logDir: string
    readonly onProgress: (rows: number) => void
  },
  context: CommandContext,
): Promise<TimedSink> {
  const logFiles = Array.from({ length: options.workers }, (_, at) => join(options.logDir, `sink-worker-${at}.log`))
  const bundle = await bundleServices(['sink-worker'])
  const startedAtMs = Date.now()
  const startMs = performance.now()
  const started = Promise.all(
    logFiles.map((file) =>
      startService('sink-worker', options.env, file, { bundle: fileURLToPath(bundle.main('sink-worker')) }),
    ),
  )
  let broken: unknown
  const watched = started.then(
    (workers) =>
      workers.map(({ name, exited, logFile }) =>
        exited.then(({ code, signal }) => {
          broken = new CommandError(`${name} ended by itself (${code ?? signal}); its log is ${logFile}`)
        }),
      ),
    (error: unknown) => {
      broken = error
      return []
    },
  )
  let workers: readonly ServiceProcess[] = []
  try {
    const { firstRowMs, lastRowMs } = await untilCountable(
      client,
      { table: 'event_store', view: 'events', events: options.events },
      {
        ...options,
        alive: () => {
          if (broken !== undefined) throw broken
        },
        signal: context.signal,
      },
    )
    workers = await started
    const coreSeconds = Object.fromEntries(
      workers.map(({ name, pid }, at) => [`${name} ${at + 1}`, coreSecondsOf(pid)]),
    )
    return {
      seconds: (lastRowMs - startMs) / 1000,
      joinSeconds: (joinedAtMs(logFiles) - startedAtMs) / 1000,
      firstRowSeconds: (firstRowMs - startMs) / 1000,
      coreSeconds,
    }
  } finally {
    await watched
    const settled = await Promise.allSettled([started])
    workers = settled[0].status === 'fulfilled' ? settled[0].value : workers
    await Promise.all(workers.map((worker) => worker.stop()))
    await bundle.remove()
  }
}

/** When the first worker was given partitions, by the workers' own logs. */
export function joinedAtMs(logFiles: readonly string[]): number {
  const instants = logFiles.flatMap((file) => joinsIn(readFileSync(file, 'utf8')))
  if (instants.length === 0)
    throw new Error('no sink-worker logged that it joined the group: LOG_LEVEL must be info here')
  return Math.min(...instants)
}

/** Epoch milliseconds at which the log says that partitions were given. */
export function joinsIn(log: string): readonly number[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"joined the group"')) return []
    const entry = JSON.parse(line) as { readonly time: string; readonly assigned: Readonly<Record<string, unknown[]>> }
    return Object.values(entry.assigned).some((partitions) => partitions.length > 0) ? [Date.parse(entry.time)] : []
  })
}

/** What the balance of the run says: all received, none missing. */
export async function balanceOf(client: ClickHouseClient) {
  const [row] = await selectRows<
    Readonly<Record<'received' | 'stored' | 'duplicates' | 'deadLettered' | 'missing', number>>
  >(
    client,
    `SELECT sum(received) AS received, sum(stored) AS stored, sum(duplicates) AS duplicates, sum(dead_lettered) AS deadLettered,
      sum(missing) AS missing FROM ingest_balance`,
  )
  if (row === undefined) throw new Error('ingest_balance gave no row')
  return row
}
