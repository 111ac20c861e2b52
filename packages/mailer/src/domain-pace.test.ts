import { describe, expect, test } from 'vitest'
import { createDomainPace } from './domain-pace.ts'

/** A clock that goes on only while somebody waits. */
function createDay(mailsPerDomainMinute: number) {
  let nowMs = 1_000_000
  const pace = createDomainPace(mailsPerDomainMinute, () => nowMs)
  const pass = (ms: number) => {
    nowMs += ms
  }
  return {
    pass,
    /** When the mail leaves, in milliseconds of the day. */
    leave: (to: string) => {
      pass(pace(to))
      return nowMs - 1_000_000
    },
  }
}

describe('mails to one domain', () => {
  test('leave in even steps, those to another do not wait for them', () => {
    const { leave } = createDay(30)
    const addresses = ['a@palembang.example', 'x@other.example', 'b@Palembang.example', 'c@palembang.example']
    expect(addresses.map(leave)).toEqual([0, 0, 2_000, 4_000])
  })

  test('do not wait where enough time has passed, and save up nothing while there are none', () => {
    const { leave, pass } = createDay(60)
    expect(leave('a@x.example')).toBe(0)
    pass(60_000)
    expect([leave('b@x.example'), leave('c@x.example')]).toEqual([60_000, 61_000])
  })

  test('that are on their way at once each have an instant of their own', () => {
    const pace = createDomainPace(60, () => 0)
    expect(['a@x.example', 'b@x.example', 'c@x.example'].map(pace)).toEqual([0, 1_000, 2_000])
  })

  test('leave at once where the city sets no limit', () => {
    const { leave } = createDay(0)
    expect(['a@x.example', 'b@x.example'].map(leave)).toEqual([0, 0])
  })
})
