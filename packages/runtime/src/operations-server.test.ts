import { afterEach, describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createOperationsServer, type OperationsDeps } from './operations-server.ts'

const log = createLogger({ service: 'test', level: 'silent' })
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function serve(given: Partial<OperationsDeps> = {}, host = '127.0.0.1') {
  const metrics = createMetrics({ processMetrics: false })
  const server = createOperationsServer(
    { service: 'sink-worker', host, port: 0 },
    { metrics, log, ready: {}, ...given },
  )
  await server.start()
  stops.push(server.stop)
  const get = async (path: string) => {
    const response = await fetch(`${server.address()}${path}`)
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  }
  return { server, metrics, get }
}

describe('the operations server', () => {
  it('says that the process lives, and which version of what it is', async () => {
    const { get } = await serve()
    expect(await get('/livez')).toEqual({ status: 200, type: 'application/json', body: '{"status":"ok"}' })
    const { status, body } = await get('/version')
    expect([status, JSON.parse(body)]).toMatchObject([200, { service: 'sink-worker', node: process.version }])
    expect(JSON.parse(body).version).toMatch(/^\d+\.\d+\.\d+/)
  })

  it('is ready when every part makes progress, and gives the reason of each that does not', async () => {
    const reasons: Record<string, string | undefined> = {}
    const ready = { fold: () => reasons.fold, judge: async () => reasons.judge, clock: () => undefined }
    const { get } = await serve({ ready })
    expect(await get('/readyz')).toMatchObject({ status: 200, body: '{"status":"ready"}' })
    reasons.fold = 'waiting for 31 s: ClickHouse is away'
    reasons.judge = 'nothing was fetched for 40 s'
    const { status, body } = await get('/readyz')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({ status: 'not_ready', reasons: { fold: reasons.fold, judge: reasons.judge } })
  })

  it('gives the metrics as Prometheus reads them, also with a question behind the path', async () => {
    const { get, metrics } = await serve()
    metrics.counter('settled_total', 'Settled messages').inc()
    const { status, type, body } = await get('/metrics?module=x')
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(body).toContain('settled_total 1')
  })

  it('tells in the metrics too whether it is ready, and tells the rest though a check breaks', async () => {
    let check = (): string | undefined => undefined
    const { get, metrics } = await serve({ ready: { fold: () => check() } })
    metrics.counter('settled_total', 'Settled messages').inc()
    expect((await get('/metrics')).body).toContain('\nservice_ready 1\n')
    check = () => 'waiting for ClickHouse'
    expect((await get('/metrics')).body).toContain('\nservice_ready 0\n')
    check = () => {
      throw new Error('broken')
    }
    const { body } = await get('/metrics')
    expect(body).toContain('\nservice_ready 0\n')
    expect(body).toContain('settled_total 1')
  })

  it('says where to look for whoever asks for something else', async () => {
    const { get } = await serve()
    const { status, body } = await get('/healthz')
    expect([status, JSON.parse(body).paths]).toEqual([404, ['/livez', '/readyz', '/metrics', '/version']])
  })

  it('survives a check that breaks, and lives on', async () => {
    const { get } = await serve({
      ready: {
        broken: () => {
          throw new Error('broken')
        },
      },
    })
    expect((await get('/readyz')).status).toBe(500)
    expect((await get('/livez')).status).toBe(200)
  })

  it('does not start on a port that is taken, and says so', async () => {
    const { server } = await serve()
    const port = Number(new URL(server.address()).port)
    const second = createOperationsServer(
      { service: 'x', host: '127.0.0.1', port },
      { metrics: createMetrics({ processMetrics: false }), log, ready: {} },
    )
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('stops at once, though somebody waits for an answer that does not come', async () => {
    let asked: () => void = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const hangs = () => {
      asked()
      return new Promise<undefined>(() => {})
    }
    const { server, get } = await serve({ ready: { hangs } })
    const answer = get('/readyz').catch(() => 'nobody answered')
    await isAsked
    stops.splice(0)
    await server.stop()
    expect(await answer).toBe('nobody answered')
    await expect(get('/livez')).rejects.toThrow()
  })
})
