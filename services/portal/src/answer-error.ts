import type { Logger } from '@bina/runtime/logger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { plainPage } from './link-pages.ts'
import { localeAsked, messagesFor } from './messages/messages-for.ts'
import { sendPage } from './send-page.ts'

type Problem = 'tooMany' | 'unreadable' | 'ourFault' | 'notFound'

/** Ends a request with a page, whatever went wrong. What the log is told never holds the address asked for: a token stands in it. */
export function createErrorAnswer(contact: string, log: Pick<Logger, 'warn'>) {
  const send = (request: FastifyRequest, reply: FastifyReply, status: number, problem: Problem) => {
    const locale = localeAsked(request.headers['accept-language'])
    const words = messagesFor(locale).problem
    const view = plainPage(locale, contact, { title: words[`${problem}Title`], text: words[problem] })
    return sendPage(reply, { status, view, ...(status === 429 && { retryAfterSeconds: 60 }) })
  }
  return {
    notFound: (request: FastifyRequest, reply: FastifyReply) => send(request, reply, 404, 'notFound'),
    error: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const status = statusOf(error)
      if (status === 429) return send(request, reply, 429, 'tooMany')
      if (status !== undefined && status >= 400 && status < 500) return send(request, reply, status, 'unreadable')
      log.warn({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed')
      return send(request, reply, 500, 'ourFault')
    },
  }
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}
