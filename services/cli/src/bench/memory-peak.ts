import type { ClickHouseClient } from '@bina/clickhouse/connect'

export interface MemoryPeak {
  readonly processBytes: number
  readonly serverBytes: number
}

/** Looks at what this process and the server hold, twice a second, until it is asked for the peak. */
export function watchMemory(client: ClickHouseClient): () => Promise<MemoryPeak> {
  let [processBytes, serverBytes] = [0, 0]
  let looking: Promise<void> = Promise.resolve()
  const look = async () => {
    processBytes = Math.max(processBytes, process.memoryUsage.rss())
    const answer = await client.query({
      query: "SELECT toFloat64(value) AS bytes FROM system.metrics WHERE metric = 'MemoryTracking'",
      format: 'JSONEachRow',
    })
    serverBytes = Math.max(serverBytes, (await answer.json<{ bytes: number }>())[0]?.bytes ?? 0)
  }
  const timer = setInterval(() => {
    looking = look().catch(() => {}) // a look that was missed is no reason to end
  }, 500)
  return async () => {
    clearInterval(timer)
    await looking
    return { processBytes, serverBytes }
  }
}
