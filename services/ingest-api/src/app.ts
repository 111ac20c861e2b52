import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import type { ReadyCheck } from '@bina/runtime/operations-server'
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify'
import { type AccessKey, createKeyFinder } from './access-keys.ts'
import { createAcknowledgedPublishing, type EventSink } from './acknowledged-publishing.ts'
import { answerNoHttp, createProblemAnswer } from './answer-problem.ts'
import { ProblemError } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { type DocumentRouteDeps, documentRoutes } from './routes/documents.ts'
import { eventRoutes } from './routes/events.ts'
import { operationRoutes } from './routes/operations.ts'

export interface AppConfig {
  readonly keys: readonly AccessKey[]
  readonly publishTimeoutMs: number
  readonly maxPendingEvents: number
}

export interface AppDeps {
  readonly sink: EventSink
  readonly documents: DocumentRouteDeps
  readonly ready: Readonly<Record<string, ReadyCheck>>
  readonly metrics: Metrics
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn'>
  readonly clock: () => number
}

export const maxBodyBytes = 1024 * 1024

/** The HTTP door. It listens nowhere until told to. */
export function createApp(config: AppConfig, deps: AppDeps): FastifyInstance {
  const { metrics, log } = deps
  const requests = metrics.counter('ingest_requests_total', 'HTTP requests by status', ['status'])
  const events = metrics.counter(
    'ingest_events_total',
    'Events by outcome (accepted, duplicate, rejected) and reason',
    ['outcome', 'reason'],
  )
  const seconds = metrics.histogram(
    'ingest_request_seconds',
    'Time from a request to its answer',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  )
  const pending = metrics.gauge('ingest_pending_events', 'Events that wait for the acknowledgement of Kafka')
  const { maxPendingEvents, publishTimeoutMs } = config
  const publishing = createAcknowledgedPublishing({ maxPendingEvents, timeoutMs: publishTimeoutMs }, deps.sink)
  const keyIds = new WeakMap<FastifyRequest, string>()

  const answerProblem = createProblemAnswer(log)
  const app = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    // The whole request has to be in by then: a sender that trickles bytes holds no connection for ever.
    requestTimeout: 30_000,
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    return503OnClosing: true,
    // An address that cannot be decoded comes here, a request that is no HTTP at all there.
    frameworkErrors: answerProblem,
    clientErrorHandler: answerNoHttp,
  })
  // Bytes are judged as they came; which content types there are is read-request's to say.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
  })
  // A sender keeps its connection after the answer: a door that closes would wait for it longer than it is given to stop.
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode, elapsedTime } = reply
    requests.inc({ status: String(statusCode) })
    seconds.observe(elapsedTime / 1000)
    pending.set(publishing.pendingEvents())
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: statusCode,
      ms: Math.round(elapsedTime),
      accessKey: keyIds.get(request),
    }
    // Probes ask every few seconds: what they are told is worth a line only to somebody who looks for it.
    if (line.route === '/v1/events') log.info(line, 'answered')
    else log.debug(line, 'answered')
  })
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler(async () => {
    throw new ProblemError('not_found', 'Events go to /v1/events; /openapi.json says how.')
  })

  eventRoutes(app, {
    findKey: createKeyFinder(config.keys),
    publishing,
    clock: deps.clock,
    events,
    sawKey: (request, keyId) => keyIds.set(request, keyId),
  })
  operationRoutes(app, { metrics, ready: deps.ready })
  documentRoutes(app, deps.documents)
  return app
}
