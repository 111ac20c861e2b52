import { type ClickHouseServer, type ClickHouseServerConfig, startClickHouse } from './clickhouse-server.ts'
import type { Exit } from './guarded-process.ts'

/** One that lived shorter has a fault of its own, and would abort again at once. */
const leastLifeMs = 30_000

/**
 * A ClickHouse that is started again on its ports when it aborts. The embedded one does so where another closes a connection: when a
 * client falls away in the middle of a request's head. What it acknowledged is there again, and clients try again.
 */
export async function startRevivedClickHouse(
  config: ClickHouseServerConfig,
  options: { readonly leastLifeMs?: number } = {},
): Promise<ClickHouseServer> {
  let startedAtMs = Date.now()
  let current = await startClickHouse(config)
  const { url, tcpPort, logFile } = current
  const ports = { httpPort: Number(new URL(url).port), tcpPort }
  let isEnding = false
  let reviving: Promise<unknown> = Promise.resolve()

  const lastExit = async (): Promise<Exit> => {
    for (;;) {
      const exit = await current.exited
      const lived = Date.now() - startedAtMs
      if (isEnding || exit.signal !== 'SIGABRT' || lived < (options.leastLifeMs ?? leastLifeMs)) return exit
      config.log?.(`ClickHouse aborted after ${Math.round(lived / 1000)} s and is started again`)
      startedAtMs = Date.now()
      const next = startClickHouse({ ...config, ...ports })
      reviving = next.catch(() => undefined)
      const revived = await next.catch(() => undefined)
      if (revived === undefined) return exit
      current = revived
    }
  }
  const exited = lastExit()
  const end = (how: 'stop' | 'kill') => async () => {
    isEnding = true
    await reviving
    await current[how]()
    await exited
  }
  return {
    url,
    tcpPort,
    logFile,
    get pid() {
      return current.pid
    },
    exited,
    stop: end('stop'),
    kill: end('kill'),
  }
}
