import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Component } from './lifecycle.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import { version } from './version.ts'

/** `undefined` when ready, else the reason in words. */
export type ReadyCheck = () => string | undefined | Promise<string | undefined>

export interface OperationsServer extends Component {
  /** Known once started. */
  address(): string
}

export interface OperationsDeps {
  readonly metrics: Metrics
  readonly log: Logger
  readonly ready: Readonly<Record<string, ReadyCheck>>
}

/** /livez (the process answers), /readyz (it makes progress, with reasons), /metrics, /version. */
export function createOperationsServer(
  config: { readonly service: string; readonly host: string; readonly port: number },
  deps: OperationsDeps,
): OperationsServer {
  const reasonsAgainst = async () => {
    const reasons: Record<string, string> = {}
    for (const [name, check] of Object.entries(deps.ready)) {
      const reason = await check()
      if (reason !== undefined) reasons[name] = reason
    }
    return reasons
  }
  deps.metrics.gauge(
    'service_ready',
    '1 while /readyz is well, else 0; asked whenever the metrics are',
    [],
    async () => {
      try {
        return Object.keys(await reasonsAgainst()).length === 0 ? 1 : 0
      } catch (error) {
        // The other metrics are wanted all the more then.
        deps.log.warn({ err: error }, 'a readiness check broke')
        return 0
      }
    },
  )
  const answer = async (path: string): Promise<{ status: number; type: string; body: string }> => {
    const json = (status: number, body: unknown) => ({ status, type: 'application/json', body: JSON.stringify(body) })
    switch (path) {
      case '/livez':
        return json(200, { status: 'ok' })
      case '/readyz': {
        const reasons = await reasonsAgainst()
        const ready = Object.keys(reasons).length === 0
        return json(ready ? 200 : 503, ready ? { status: 'ready' } : { status: 'not_ready', reasons })
      }
      case '/metrics':
        return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await deps.metrics.text() }
      case '/version':
        return json(200, { service: config.service, version, node: process.version })
      default:
        return json(404, { status: 'not_found', paths: ['/livez', '/readyz', '/metrics', '/version'] })
    }
  }
  const server: Server = createServer((request, response) => {
    answer((request.url ?? '/').split('?')[0] ?? '/').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
      (error: unknown) => {
        deps.log.warn({ err: error, path: request.url }, 'an operations request failed')
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"status":"error"}')
      },
    )
  })
  const address = () => {
    const { address: host, port } = server.address() as AddressInfo
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  }
  return {
    name: 'operations server',
    address,
    start: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.port, config.host, resolve)
      })
      deps.log.info({ address: address() }, 'operations server listens')
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve, reject) =>
        server.close((error) => (error === undefined ? resolve() : reject(error))),
      )
    },
  }
}
