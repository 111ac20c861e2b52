import { createHash } from 'node:crypto'
import type { ServiceEvent } from '@bina/events/service-event'
import type { Lane } from '@bina/events/topics'
import { createMetrics } from '@bina/runtime/metrics'
import { parseAccessKeys } from './access-keys.ts'
import { createApp } from './app.ts'

export const hrKey = 'hr-key-of-a-test-0123456789'
export const allKey = 'all-key-of-a-test-0123456789'
export const nowMs = Date.UTC(2026, 4, 4, 3)

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export const keysJson = JSON.stringify([
  { id: 'hr', sha256: sha256(hrKey), source: 'urn:test:hr', types: ['bina.attendance.*'] },
  { id: 'all', sha256: sha256(allKey), source: 'urn:test:all', types: ['bina.*'] },
])

/** A sink in memory: keeps what it acknowledged, and can be told to fail or to hang. */
export function createMemorySink() {
  const kept: ServiceEvent[] = []
  const keptIn: Lane[] = []
  const state: { mode: 'keep' | 'fail' | 'hang' } = { mode: 'keep' }
  const waiting: (() => void)[] = []
  let call: () => void = () => {}
  const called = new Promise<void>((resolve) => {
    call = resolve
  })
  return {
    kept,
    /** The lane of each. */
    keptIn,
    /** Resolves when somebody publishes. */
    called,
    state,
    release: () => {
      for (const go of waiting.splice(0)) go()
    },
    publish: async (events: readonly ServiceEvent[], lane: Lane) => {
      call()
      if (state.mode === 'fail') throw new Error('no broker answers')
      if (state.mode === 'hang') await new Promise<void>((resolve) => waiting.push(resolve))
      kept.push(...events)
      keptIn.push(...events.map(() => lane))
    },
  }
}

/** For tests: the whole door over a sink in memory, with nothing listening. */
export function createTestDoor(
  config: { readonly publishTimeoutMs?: number; readonly maxPendingEvents?: number } = {},
) {
  const sink = createMemorySink()
  const parsed = parseAccessKeys(keysJson)
  if ('problems' in parsed) throw new Error(parsed.problems.join())
  const logged: { readonly context: object; readonly message: string }[] = []
  const log = (context: object, message: string) => {
    logged.push({ context, message })
  }
  const metrics = createMetrics({ processMetrics: false })
  const ready: { reason: string | undefined } = { reason: undefined }
  const app = createApp(
    {
      keys: parsed.keys,
      publishTimeoutMs: config.publishTimeoutMs ?? 5_000,
      maxPendingEvents: config.maxPendingEvents ?? 10_000,
    },
    {
      sink,
      documents: { asyncApi: () => '{"asyncapi":"3.0.0"}' },
      ready: { kafka: () => ready.reason },
      metrics,
      log: { debug: () => {}, info: log, warn: log } as never,
      clock: () => nowMs,
    },
  )
  const post = (
    payload: string | Buffer | object,
    headers: Record<string, string | string[]> = {},
    url = '/v1/events',
  ) =>
    app.inject({
      method: 'POST',
      url,
      payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
      // Repeated headers come as lists, which the types of inject do not know.
      headers: {
        authorization: `Bearer ${allKey}`,
        'content-type': 'application/cloudevents+json',
        ...headers,
      } as Record<string, string>,
    })
  const postBatch = (events: string | readonly unknown[], headers: Record<string, string> = {}) =>
    post(typeof events === 'string' ? events : JSON.stringify(events), {
      'content-type': 'application/cloudevents-batch+json',
      ...headers,
    })
  return { app, sink, post, postBatch, logged, metrics, ready }
}

export function assigned(id: string, replaced: Readonly<Record<string, unknown>> = {}) {
  return {
    specversion: '1.0',
    id,
    source: 'urn:test:all',
    type: 'bina.complaint.assigned.v1',
    subject: 'c-1',
    time: '2026-05-04T09:00:00+07:00',
    data: { complaintId: 'c-1', unitId: '16.71.05', ruledBy: 'coordinator' },
    ...replaced,
  }
}
