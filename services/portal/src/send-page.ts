import type { FastifyReply } from 'fastify'
import type { PageView } from './page-view.ts'
import { renderPage } from './render-page.tsx'

export interface Answer {
  readonly status: number
  readonly view: PageView
  /** When it may be tried again. */
  readonly retryAfterSeconds?: number
}

export function sendPage(reply: FastifyReply, { status, view, retryAfterSeconds }: Answer): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-language', view.locale)
    .send(renderPage(view))
}
