import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function logged(context: object, level = 'info') {
  const lines: string[] = []
  const log = createLogger({ service: 'sink-worker', level }, { write: (line) => void lines.push(line) })
  log.info(context, 'what happened')
  return { lines, line: lines[0] ?? '' }
}

const secret = 'not-for-the-log'

describe('a line of the log', () => {
  it.each([
    'password',
    'token',
    'key',
    'authorization',
    'secret',
    'personKey',
    'reporterKey',
    'recipient',
    'value',
    'bytes',
  ])('never holds a %s, neither by itself nor inside of something', (name) => {
    for (const context of [{ [name]: secret }, { message: { [name]: secret } }]) {
      const { line } = logged({ ...context, topic: 'bina.attendance.v1' })
      expect(line).not.toContain(secret)
      expect(line).toContain('[redacted]')
      expect(line).toContain('bina.attendance.v1')
    }
  })

  it('never holds the authorization of a request', () => {
    expect(logged({ headers: { authorization: secret, host: 'bina' } }).line).not.toContain(secret)
    expect(logged({ request: { headers: { authorization: secret } } }).line).not.toContain(secret)
    expect(logged({ headers: { authorization: secret, host: 'bina' } }).line).toContain('bina')
  })

  it('is JSON with the service and the time as people write it', () => {
    const entry = JSON.parse(logged({ lag: 3 }).line)
    expect(entry).toMatchObject({ level: 30, service: 'sink-worker', lag: 3, msg: 'what happened' })
    expect(entry.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(entry).not.toHaveProperty('hostname')
  })

  it('is not written below the level that is asked for', () => {
    expect(logged({}, 'warn').lines).toEqual([])
  })
})
