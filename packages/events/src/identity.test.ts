import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAttributes } from './check-attributes.ts'
import { identityOf } from './identity.ts'

test('two events have one identity only when source and id are both the same', () => {
  const part = fc.stringMatching(/^[ab/ ]{1,4}$/)
  const event = fc.record({ source: part, id: part }).filter((names) => {
    const others = { specversion: '1.0', type: 'x', subject: 'u', time: '2026-11-20T08:30:00Z' }
    return checkAttributes({ ...others, ...names }).kind === 'ok'
  })
  fc.assert(
    fc.property(event, event, (one, other) => {
      const same = one.source === other.source && one.id === other.id
      expect(identityOf(one) === identityOf(other)).toBe(same)
    }),
  )
})
