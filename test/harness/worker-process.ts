import { type OwnProcess, startOwnProcess } from './own-process.ts'

/** A service of the product as a process of its own, and what it tells an operator. */
export interface WorkerProcess extends OwnProcess {
  /** Status and text of /readyz. */
  readyz(): Promise<{ readonly status: number; readonly text: string }>
  /** The value of a metric, labels as Prometheus writes them; undefined where there is none. */
  metric(name: string): Promise<number | undefined>
}

type Service = 'sink-worker' | 'score-worker' | 'report-cron'

function start(service: Service, env: Readonly<Record<string, string>>): OwnProcess {
  const file = new URL(`../../services/${service}/src/main.ts`, import.meta.url)
  // The shortest session that the tests use is longer: a worker must not go on after its partitions went elsewhere.
  return startOwnProcess(file, { env: { SHUTDOWN_TIMEOUT_MS: '5000', ...env } })
}

/** How a service ends that is not to run: before it has started, or soon after. */
export async function endOfWorkerProcess(service: Service, env: Readonly<Record<string, string>>) {
  const ended = start(service, env)
  return { ...(await ended.exited), output: ended.output() }
}

/** Resolves when the service says that it has started. */
export async function startWorkerProcess(
  service: Service,
  env: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const started = start(service, env)
  await started.next('started')
  const address = /"address":"([^"]+)"/.exec(started.output())?.[1]
  if (address === undefined) throw new Error(`${service} does not say where it answers:\n${started.output()}`)
  const ask = async (path: string) => {
    const answer = await fetch(`${address}${path}`, { headers: { connection: 'close' } })
    return { status: answer.status, text: await answer.text() }
  }
  return {
    ...started,
    readyz: () => ask('/readyz'),
    metric: async (name) => {
      const { text } = await ask('/metrics')
      const line = text.split('\n').find((one) => one.startsWith(`${name} `))
      return line === undefined ? undefined : Number(line.slice(name.length + 1))
    },
  }
}
