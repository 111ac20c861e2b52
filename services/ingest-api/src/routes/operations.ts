import type { Metrics } from '@bina/runtime/metrics'
import type { ReadyCheck } from '@bina/runtime/operations-server'
import { version } from '@bina/runtime/version'
import type { FastifyInstance } from 'fastify'

export interface OperationRouteDeps {
  readonly metrics: Pick<Metrics, 'text'>
  readonly ready: Readonly<Record<string, ReadyCheck>>
}

/** What a load balancer and a monitor ask. */
export function operationRoutes(app: FastifyInstance, deps: OperationRouteDeps): void {
  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    const reasons: Record<string, string> = {}
    for (const [name, check] of Object.entries(deps.ready)) {
      const reason = await check()
      if (reason !== undefined) reasons[name] = reason
    }
    const ready = Object.keys(reasons).length === 0
    return reply.code(ready ? 200 : 503).send(ready ? { status: 'ready' } : { status: 'not_ready', reasons })
  })
  app.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(await deps.metrics.text()),
  )
  app.get('/version', async () => ({ service: 'ingest-api', version, node: process.version }))
}
