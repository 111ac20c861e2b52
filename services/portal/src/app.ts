import { linkPurposes } from '@bina/pipeline/links/link-claim'
import type { Logger } from '@bina/runtime/logger'
import type { Metrics } from '@bina/runtime/metrics'
import rateLimit from '@fastify/rate-limit'
import { type FastifyInstance, fastify } from 'fastify'
import { createErrorAnswer } from './answer-error.ts'
import { plainPage } from './link-pages.ts'
import { localeAsked, messagesFor } from './messages/messages-for.ts'
import type { OpenLinkDeps } from './open-link.ts'
import { pageHeaders } from './page-headers.ts'
import { type LinkRouteDeps, linkRoutes } from './routes/link-routes.ts'
import { sendPage } from './send-page.ts'

export interface AppConfig {
  readonly requestsAMinute: number
  /** From these alone X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
}

export interface AppDeps extends OpenLinkDeps, Pick<LinkRouteDeps, 'perform' | 'addressOf'> {
  readonly metrics: Metrics
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn'>
}

/** The largest form has two short fields. */
export const maxBodyBytes = 4 * 1024
const longestToken = 1_200

/** The pages behind the links of a report. It listens nowhere until told to. */
export function createApp(config: AppConfig, deps: AppDeps): FastifyInstance {
  const { metrics, log, contact } = deps
  const requests = metrics.counter('portal_requests_total', 'Requests by page and status', ['page', 'status'])
  const deeds = metrics.counter('portal_deeds_total', 'Pressed buttons by purpose and outcome', ['purpose', 'outcome'])
  // From nothing, so that the first button that could not be recorded is an increase to whoever watches.
  for (const purpose of linkPurposes) deeds.inc({ purpose, outcome: 'unavailable' }, 0)
  const seconds = metrics.histogram(
    'portal_request_seconds',
    'Time from a request to its page',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  )
  const answer = createErrorAnswer(contact, log)
  const app = fastify({
    logger: false,
    bodyLimit: maxBodyBytes,
    requestTimeout: 30_000,
    return503OnClosing: true,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    routerOptions: { maxParamLength: longestToken },
    frameworkErrors: (error, request, reply) => {
      reply.headers(pageHeaders)
      answer.error(error, request, reply)
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )
  // A one-click unsubscribe may come as multipart; all that it says is that it came.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, __, done) => done(null, undefined))

  app.addHook('onRequest', async (_, reply) => {
    reply.headers(pageHeaders)
  })
  // A browser keeps its connection after the answer: a portal that closes would wait for it longer than it is given to stop.
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    // The route's pattern, and never the address: a token stands in it.
    const page = request.routeOptions.url?.split('/')[1] ?? 'none'
    requests.inc({ page, status: String(statusCode) })
    seconds.observe(elapsedTime / 1000)
    const line = {
      requestId: request.id,
      method: request.method,
      page,
      status: statusCode,
      ms: Math.round(elapsedTime),
    }
    if (request.method === 'POST') log.info(line, 'answered')
    else log.debug(line, 'answered')
  })
  app.setErrorHandler(answer.error)

  app.register(rateLimit, {
    max: config.requestsAMinute,
    timeWindow: 60_000,
    // What remains is nobody's business.
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeaders: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })
  // After the limit, so that it holds for each of them.
  app.register(async (limited) => {
    linkRoutes(limited, {
      ...deps,
      deeds,
      failed: (err, request, purpose) =>
        log.warn({ err, requestId: request.id, purpose }, 'a pressed button was not recorded, its page says so'),
    })
    limited.get('/', async (request, reply) => {
      const locale = localeAsked(request.headers['accept-language'])
      const { title, lead: text } = messagesFor(locale).home
      return sendPage(reply, { status: 200, view: plainPage(locale, contact, { title, text }) })
    })
    limited.get('/robots.txt', async (_, reply) => reply.type('text/plain').send('User-agent: *\nDisallow: /\n'))
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, answer.notFound)
  })
  return app
}
