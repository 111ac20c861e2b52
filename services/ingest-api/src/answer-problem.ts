import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from '@bina/runtime/logger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError, problemOf } from './problem.ts'

const mediaType = 'application/problem+json'

/** Ends a request with a problem, whatever went wrong. */
export function createProblemAnswer(log: Pick<Logger, 'warn'>) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const told = problemFor(error)
    const problem = problemOf(told, request.id)
    if (problem.status >= 500) {
      log.warn({ err: told.cause ?? error, requestId: request.id, code: problem.code }, 'a request failed')
    }
    reply.code(problem.status).headers(told.headers).type(mediaType).send(JSON.stringify(problem))
  }
}

/** Answers on a connection that did not speak HTTP, spoke it ambiguously (two lengths), or too slowly. */
export function answerNoHttp(error: Error & { readonly code?: string }, socket: Socket): void {
  // The other side is gone: there is nobody to answer.
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const told = late
    ? new ProblemError('timeout', 'The whole request has to arrive within 30 seconds.')
    : new ProblemError('bad_request', 'This is not HTTP as this door reads it.')
  const problem = problemOf(told, randomUUID())
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${mediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** What the framework found wrong with a request, in this door's words; anything else is our own fault and tells nothing. */
function problemFor(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError('body_too_large', 'A body has at most 1 MiB.')
  if (status === 415) return new ProblemError('unsupported_media_type', 'The content type cannot be read.')
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError('bad_request', 'The request cannot be read.')
  }
  const detail = 'Nothing was accepted. Send again; if it lasts, tell the operator the request id.'
  return new ProblemError('internal', detail, { cause: error })
}
