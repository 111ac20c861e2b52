import { type Lane, lanes } from '@bina/events/topics'
import type { Counter } from '@bina/runtime/metrics'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AccessKey, FindKey } from '../access-keys.ts'
import type { EventSink } from '../acknowledged-publishing.ts'
import { judgeEvents, type Verdict } from '../judge-events.ts'
import { ProblemError } from '../problem.ts'
import { type Candidate, readRequest } from '../read-request.ts'

export interface EventRouteDeps {
  readonly findKey: FindKey
  readonly publishing: EventSink
  readonly clock: () => number
  /** Labels: outcome, reason. */
  readonly events: Counter
  readonly sawKey: (request: FastifyRequest, keyId: string) => void
}

/** POST /v1/events. What is answered 202 is on every in-sync replica of Kafka. */
export function eventRoutes(app: FastifyInstance, deps: EventRouteDeps): void {
  const keys = new WeakMap<FastifyRequest, AccessKey>()

  app.post('/v1/events', {
    // Before the body is read: nobody without a key makes this process work.
    onRequest: async (request) => {
      const presented = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
      const key = presented === undefined ? undefined : deps.findKey(presented)
      if (key === undefined) {
        const detail = presented === undefined ? 'Send Authorization: Bearer <key>.' : 'This key is not known.'
        const challenge = presented === undefined ? 'Bearer realm="bina"' : 'Bearer realm="bina", error="invalid_token"'
        throw new ProblemError('unauthenticated', detail, { headers: { 'www-authenticate': challenge } })
      }
      keys.set(request, key)
      deps.sawKey(request, key.id)
    },
    handler: async (request, reply) => {
      const key = keys.get(request)
      if (key === undefined) throw new Error('a request came past the check of its key')
      const { headers, body } = request
      const { rawHeaders } = request.raw
      const read = readRequest({ headers, rawHeaders, body: Buffer.isBuffer(body) ? body : Buffer.alloc(0) })
      const lane = laneAsked(request.query)
      const verdicts = judgeEvents(read.candidates, key, deps.clock())
      for (const verdict of verdicts) {
        if (verdict.status === 'rejected') deps.events.inc({ outcome: 'rejected', reason: verdict.reason })
      }
      const accepted = verdicts.flatMap((verdict) => (verdict.status === 'accepted' ? [verdict.event] : []))
      await deps.publishing.publish(accepted, lane)
      for (const verdict of verdicts) {
        if (verdict.status !== 'rejected') deps.events.inc({ outcome: verdict.status, reason: '' })
      }
      return reply.code(202).send(read.batch ? batchAnswer(verdicts, read.candidates) : singleAnswer(verdicts[0]))
    },
  })

  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/v1/events',
    handler: async () => {
      throw new ProblemError('method_not_allowed', 'Send events with POST.', { headers: { allow: 'POST' } })
    },
  })
}

/** `?lane=backfill` for history. Said before anything of the body is judged: a batch of it must not go among the live ones. */
function laneAsked(query: unknown): Lane {
  const { lane: asked = 'live' } = query as { readonly lane?: unknown }
  const lane = lanes.find((known) => known === asked)
  if (lane === undefined) throw new ProblemError('unknown_lane', `There are the lanes ${lanes.join(' and ')}.`)
  return lane
}

function singleAnswer(verdict: Verdict | undefined) {
  if (verdict === undefined) throw new Error('a request held no event')
  if (verdict.status === 'rejected')
    throw new ProblemError(verdict.reason, verdict.detail, { pointer: verdict.pointer })
  const { source, id } = verdict.event
  return { status: verdict.status, source, id }
}

function batchAnswer(verdicts: readonly Verdict[], candidates: readonly Candidate[]) {
  const results = verdicts.map((verdict, index) => {
    if (verdict.status !== 'rejected') return { index, status: verdict.status, id: verdict.event.id }
    const { reason, pointer, detail } = verdict
    return {
      index,
      status: 'rejected' as const,
      ...idOf(candidates[index]),
      reason,
      pointer: `/${index}${pointer}`,
      detail,
    }
  })
  const count = (status: Verdict['status']) => verdicts.filter((verdict) => verdict.status === status).length
  const answer = { accepted: count('accepted'), duplicates: count('duplicate'), rejected: count('rejected'), results }
  if (answer.rejected > 0 && answer.rejected === verdicts.length) {
    throw new ProblemError('all_rejected', 'Each result says why.', { more: answer })
  }
  return answer
}

/** The sender's own id, so that it finds the event again; only where it is one. */
function idOf(candidate: Candidate | undefined): { readonly id?: string } {
  const id = candidate?.kind === 'event' ? candidate.attributes.id : undefined
  return typeof id === 'string' && id.length <= 128 ? { id } : {}
}
