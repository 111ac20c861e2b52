import { caughtUp } from '@bina/kafka/caught-up'
import { pipelineStages } from '@bina/pipeline/stages'
import { publishFirst, startLoad } from '../harness/acknowledged-load.ts'
import { createLoadCity } from '../harness/load-events.ts'
import { type ProcessCity, type ServiceName, startProcessCity } from '../harness/process-city.ts'

export interface LoadedCityConfig {
  readonly seed: string
  readonly services: readonly ServiceName[]
  readonly kafkaPerSecond: number
  readonly httpPerSecond: number
}

/** A city of processes that knows its directory, and producers at work. The caller stops both. */
export async function startLoadedCity({ seed, services, kafkaPerSecond, httpPerSecond }: LoadedCityConfig) {
  const today = new Date().toISOString().slice(0, 10)
  const loadCity = createLoadCity(today)
  const city = await startProcessCity({ services })
  try {
    await publishFirst(city.kafka, city.topicPrefix, loadCity.directory)
    await settled(city, 120_000)
    const { topicPrefix, log, doorUrl, accessKey } = city
    const brokers = [`127.0.0.1:${city.gates.kafka.port}`]
    const offered = { kafkaPerSecond, httpPerSecond }
    const load = await startLoad(
      { ...{ brokers, topicPrefix, doorUrl, accessKey, seed }, ...offered },
      { city: loadCity, log },
    )
    return { city, load, loadCity, today }
  } catch (error) {
    await city.stop()
    throw error
  }
}

/** Everything that is in Kafka is stored, folded and judged. */
export async function settled(city: ProcessCity, timeoutMs: number): Promise<void> {
  const behind = await caughtUp(city.kafka, pipelineStages(city.topicPrefix), { timeoutMs })
  if (behind !== undefined) throw new Error(`${behind}\n${city.unasked.join('\n')}`)
}

/** Says what is done when, and how to have it again. */
export function createSay(seed: string): (words: string) => void {
  const begunMs = performance.now()
  return (words) => console.log(`faults ${seed}, ${Math.round((performance.now() - begunMs) / 1_000)} s: ${words}`)
}

/** What went wrong with the seed that it went wrong with. */
export async function withSeed<T>(
  seed: string,
  city: () => ProcessCity | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    console.error(`faults: failed; the same schedule comes with FAULTS_SEED=${seed}`, city()?.unasked.join('\n') ?? '')
    await city()?.stop()
    throw error
  }
}
