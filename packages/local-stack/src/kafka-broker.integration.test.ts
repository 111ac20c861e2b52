import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@bina/testkit/until'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KafkaBroker, startKafka } from './kafka-broker.ts'
import { fetchKafkaJars } from './kafka-jars.ts'
import { isAlive } from './stray-process.ts'

const CACHE_DIR = fileURLToPath(new URL('../../../.bina/cache', import.meta.url))
const ORPHAN = fileURLToPath(new URL('../fixtures/start-and-wait.ts', import.meta.url))

let dir: string
let jarsDir: string
let broker: KafkaBroker

/** Kafka's own command-line tools, so that nothing of ours is its own witness. */
async function tool(name: string, args: readonly string[], input = ''): Promise<string> {
  const jvm = [
    '-Xmx128m',
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
  ]
  const command = [
    '-cp',
    join(jarsDir, '*'),
    `org.apache.kafka.tools.${name}`,
    '--bootstrap-server',
    broker.bootstrapServers,
  ]
  return new Promise((resolve, reject) => {
    const child = execFile('java', [...jvm, ...command, ...args], (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    )
    child.stdin?.end(input)
  })
}

const publish = (line: string) => tool('ConsoleProducer', ['--topic', 'bina.attendance.v1'], `${line}\n`)

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-kafka-'))
  jarsDir = await fetchKafkaJars({ cacheDir: CACHE_DIR })
  broker = await startKafka({ dataDir: join(dir, 'kafka'), jarsDir })
})

afterAll(async () => {
  await broker?.kill()
  await rm(dir, { recursive: true, force: true })
})

test('what was published before a clean stop and before a crash is all there afterwards, on the same port where asked', async () => {
  const port = Number(broker.bootstrapServers.split(':')[1])
  await tool('TopicCommand', ['--create', '--topic', 'bina.attendance.v1', '--partitions', '1'])
  await publish('before the clean stop')
  await broker.stop()
  expect(isAlive(broker.pid)).toBe(false)

  broker = await startKafka({ dataDir: join(dir, 'kafka'), jarsDir, port })
  expect(broker.bootstrapServers).toBe(`127.0.0.1:${port}`)
  await publish('before the crash')
  await broker.kill()
  expect(await broker.exited).toEqual({ code: null, signal: 'SIGKILL' })

  broker = await startKafka({ dataDir: join(dir, 'kafka'), jarsDir })
  const reading = ['--topic', 'bina.attendance.v1', '--from-beginning', '--max-messages', '2', '--timeout-ms', '30000']
  expect((await tool('consumer.ConsoleConsumer', reading)).trim().split('\n')).toEqual([
    'before the clean stop',
    'before the crash',
  ])
})

test('a misspelt topic fails and is not made', async () => {
  await expect(tool('GetOffsetShell', ['--topic', 'bina.atendance.v1'])).rejects.toThrow()
  expect(await tool('TopicCommand', ['--list'])).not.toContain('bina.atendance.v1')
})

test('a second broker on the same data is refused, and the first goes on', async () => {
  await expect(startKafka({ dataDir: join(dir, 'kafka'), jarsDir })).rejects.toMatchObject({ code: 'data_dir_in_use' })
  expect(isAlive(broker.pid)).toBe(true)
})

test('a taken port is told before anything is written', async () => {
  const port = Number(broker.bootstrapServers.split(':')[1])
  const elsewhere = { dataDir: join(dir, 'elsewhere'), jarsDir, port }
  await expect(startKafka(elsewhere)).rejects.toMatchObject({ code: 'port_taken' })
})

test('a machine without Java is told to install it', async () => {
  const withoutJava = { dataDir: join(dir, 'no-java'), jarsDir, javaPath: join(dir, 'no-such-java') }
  await expect(startKafka(withoutJava)).rejects.toMatchObject({ code: 'java_missing' })
})

test('the broker ends when the process that started it is killed', async () => {
  const parent = spawn(process.execPath, ['--import', 'tsx', ORPHAN, 'kafka', join(dir, 'orphan'), jarsDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(pid), { withinMs: 30_000, what: 'the end of the broker' })
})
