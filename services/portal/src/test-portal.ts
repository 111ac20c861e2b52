import { checkEvent } from '@bina/events/check-event'
import type { ServiceEvent } from '@bina/events/service-event'
import type { EventToPublish } from '@bina/kafka/event-publisher'
import { linkAddress, linkPaths } from '@bina/pipeline/links/link-address'
import type { LinkClaim } from '@bina/pipeline/links/link-claim'
import { createLinkSigner, createLinkVerifier } from '@bina/pipeline/links/link-token'
import { recipientDigest } from '@bina/pipeline/links/recipient-digest'
import type { RecipientChoice } from '@bina/pipeline/ports/recipient-choices'
import { createMetrics } from '@bina/runtime/metrics'
import { createApp } from './app.ts'
import { createPerformDeed } from './perform-deed.ts'

// Tests only: the whole portal over a topic and a list of recipients in memory, with nothing listening.

export const secret = 'a-secret-of-a-test-with-enough-characters'
export const publicUrl = 'https://bina.example'
/** A Wednesday afternoon, two days after the mail of the week from 9 November. */
export const nowMs = Date.parse('2026-11-18T14:20:00+07:00')

const given = {
  locale: 'id',
  expiresOn: '2026-12-28',
  unitId: '16.71.05.1003',
  recipient: recipientDigest('lurah@palembang.example'),
  week: '2026-11-09',
  reader: 'unit_head',
} as const
const { week: _, reader: __, ...ofNoWeek } = given

export const claims = {
  agree: { purpose: 'agree', ...given, actionCode: 'greet_first', dueOn: '2026-11-20' },
  done: { purpose: 'done', ...given, actionId: 'a-17', actionCode: 'greet_first' },
  object: { purpose: 'object', ...given, openUntil: '2026-11-23' },
  held: { purpose: 'held', ...given, reader: 'superior', coachUnitId: '16.71.05', topicCode: 'greet_first' },
  unsubscribe: { purpose: 'unsubscribe', ...ofNoWeek, report: '' },
  confirm_recipient: { purpose: 'confirm_recipient', ...ofNoWeek, report: 'area' },
} as const satisfies { readonly [P in LinkClaim['purpose']]: LinkClaim<P> }

const sign = createLinkSigner(secret)
/** The path of a claim's page. */
export const pathOf = (claim: LinkClaim) => `${linkPaths[claim.purpose]}/${sign(claim)}`

/** Keeps what it acknowledged as a topic does, and can be told to be away. */
export function createMemoryTopic(clock: () => number) {
  const kept: ServiceEvent[] = []
  const state: { mode: 'keep' | 'away' | 'hang' } = { mode: 'keep' }
  return {
    kept,
    state,
    publish: async (events: readonly EventToPublish[]) => {
      if (state.mode === 'away') throw new Error('no broker answers')
      if (state.mode === 'hang') await new Promise<void>(() => undefined)
      for (const { source, id, type, subject, time, data } of events) {
        const checked = checkEvent({ specversion: '1.0', source, id, type, subject, time }, data, undefined, clock())
        if (checked.kind === 'dead_letter') throw new Error(`${checked.reason}: ${checked.detail}`)
        kept.push(checked.value)
      }
    },
  }
}

export function createTestPortal(config: { readonly requestsAMinute?: number } = {}) {
  const clock = { nowMs }
  const now = () => clock.nowMs
  const topic = createMemoryTopic(now)
  const unsubscribed: RecipientChoice[] = []
  const confirmed: RecipientChoice[] = []
  const logged: unknown[] = []
  const log = (context: object, message: string) => {
    logged.push({ ...context, message })
  }
  const metrics = createMetrics({ processMetrics: false })
  const app = createApp(
    { requestsAMinute: config.requestsAMinute ?? 1_000, trustedProxies: [] },
    {
      verify: createLinkVerifier({ current: secret }),
      addressOf: (claim) => linkAddress(publicUrl, claim, sign),
      perform: createPerformDeed(
        { timeoutMs: 100 },
        {
          publish: topic.publish,
          choices: {
            unsubscribe: async (choice) => void unsubscribed.push(choice),
            confirm: async (choice) => void confirmed.push(choice),
          },
          clock: now,
        },
      ),
      unitName: async (unitId) => (unitId === given.unitId ? 'Kelurahan 26 Ilir' : unitId),
      stepText: (code, locale) =>
        code !== 'greet_first'
          ? undefined
          : locale === 'id'
            ? 'Sapa warga lebih dahulu sebelum menanyakan berkas.'
            : 'Greet residents before asking for papers.',
      contact: 'organisasi@palembang.example',
      zone: 'Asia/Jakarta',
      clock: now,
      metrics,
      log: { debug: log, info: log, warn: log } as never,
    },
  )
  const get = (path: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url: path, headers })
  const post = (
    path: string,
    fields: Readonly<Record<string, string>> | string = {},
    headers: Record<string, string> = {},
  ) =>
    app.inject({
      method: 'POST',
      url: path,
      payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  return { app, topic, clock, unsubscribed, confirmed, logged, metrics, get, post }
}
