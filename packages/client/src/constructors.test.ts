import { readFileSync } from 'node:fs'
import { checkEvent } from '@bina/events/check-event'
import { eventTypes } from '@bina/events/event-data'
import { describe, expect, test } from 'vitest'
import * as attendance from './attendance-events.ts'
import * as coaching from './coaching-events.ts'
import * as complaint from './complaint-events.ts'
import * as directory from './directory-events.ts'
import type { EventDraft } from './event-draft.ts'
import * as resolution from './resolution-events.ts'
import { eventWithdrawn } from './withdrawn-event.ts'

const constructors: Readonly<Record<string, (input: never) => EventDraft>> = {
  ...attendance,
  ...coaching,
  ...complaint,
  ...directory,
  ...resolution,
  eventWithdrawn,
}

interface Fixture {
  readonly type: string
  readonly now: string
  readonly event: {
    readonly id: string
    readonly source: string
    readonly subject: string
    readonly time: string
    readonly data: object
  }
}

const fixtureOf = (type: string): Fixture =>
  JSON.parse(readFileSync(new URL(`../../events/fixtures/${type}.json`, import.meta.url), 'utf8'))

describe('constructors', () => {
  test('there is one for each type of the contract', () => {
    const names = eventTypes.map((type) => {
      const [, topic = '', what = ''] = type.split('.')
      return (
        topic +
        what
          .split('-')
          .map((word) => word[0]?.toUpperCase() + word.slice(1))
          .join('')
      )
    })
    expect(Object.keys(constructors).toSorted()).toEqual(names.toSorted())
  })

  test.each(Object.entries(constructors))(
    '%s makes an event that the contract accepts, with what it was given',
    (name, construct) => {
      const type = eventTypes.find((one) => one.replace(/^bina|v1$|[.-]/g, '') === name.toLowerCase())
      const { now, event } = fixtureOf(type ?? name)
      const { id, time, source, subject, data } = event
      const draft = construct({ id, time, ...(name === 'eventWithdrawn' && { subject }), ...data } as never)
      const checked = checkEvent({ ...draft, specversion: '1.0', source }, draft.data, undefined, Date.parse(now))
      expect(checked).toMatchObject({ kind: 'ok', value: { type, id, time, source, data } })
    },
  )

  const waiting = { complaintId: 'c-1', contactLogged: true }

  test('without an id the same fact has the same id, however it is written', () => {
    const one = complaint.complaintWaiting({ time: '2026-05-04T09:00:00+07:00', ...waiting })
    const same = complaint.complaintWaiting({
      contactLogged: true,
      time: new Date('2026-05-04T02:00:00Z'),
      complaintId: 'c-1',
    })
    expect(same.id).toBe(one.id)
    expect(one.id).toMatch(/^c-[A-Za-z0-9_-]{43}$/)
  })

  test('another fact has another id', () => {
    const time = '2026-05-04T09:00:00+07:00'
    const ids = [
      complaint.complaintWaiting({ time, ...waiting }),
      complaint.complaintWaiting({ time, ...waiting, contactLogged: false }),
      complaint.complaintWaiting({ time: '2026-05-04T09:00:01+07:00', ...waiting }),
      complaint.complaintWaiting({ time, ...waiting, supersedes: 'x' }),
      complaint.complaintResumed({ time, complaintId: 'c-1' }),
    ].map((draft) => draft.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a Date that holds no time is told at once', () => {
    expect(() => complaint.complaintWaiting({ time: new Date('no day'), ...waiting })).toThrow(
      'at /time: expected a Date',
    )
  })
})
