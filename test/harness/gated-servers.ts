import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isPortFree } from '@bina/local-stack/free-port'
import { type KafkaBroker, startKafka } from '@bina/local-stack/kafka-broker'
import { fetchKafkaJars } from '@bina/local-stack/kafka-jars'
import { until } from '@bina/testkit/until'
import { splitKafka } from './kafka-requests.ts'
import { startTcpGate, type TcpGate } from './tcp-gate.ts'

export const cacheDir = fileURLToPath(new URL('../../.bina/cache', import.meta.url))

/** A port that the system gives to nobody who only wants one to call from: it is still free when its server comes back. */
async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    if (await isPortFree(port)) return port
  }
}

export interface GatedBroker {
  /** Address of the gate, by which the broker also calls itself. */
  readonly brokers: string
  /** Knows requests by client and kind, such as `bina-sink-worker Fetch`. */
  readonly gate: TcpGate
  /** Ends the broker cleanly, or as a crash does, and starts it again on its data. */
  restart(how: 'stop' | 'kill'): Promise<void>
  stop(): Promise<void>
}

/** A broker of its own behind a gate that nobody can go around. */
export async function startGatedBroker(): Promise<GatedBroker> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bina-gated-'))
  const jarsDir = await fetchKafkaJars({ cacheDir })
  const port = await lastingPort()
  const gate = await startTcpGate({ port }, { split: splitKafka })
  const start = () => startKafka({ dataDir, jarsDir, port, advertisedPort: gate.port, heapMb: 400 })
  let broker: KafkaBroker = await start()
  return {
    brokers: `127.0.0.1:${gate.port}`,
    gate,
    restart: async (how) => {
      await broker[how]()
      // Nobody listens there: a caller from this machine could be given that very port, and be connected to itself.
      gate.shut()
      gate.cut()
      // What was killed lets go of its port a moment later.
      await until(() => isPortFree(port), { withinMs: 30_000, what: 'a free port' })
      broker = await start()
      gate.open()
    },
    stop: async () => {
      await broker.kill()
      await gate.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
