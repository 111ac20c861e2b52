import { describe, expect, test } from 'vitest'
import { localInstant, zonedTime } from './local-instant.ts'
import { compileTimeFormat } from './time-format.ts'

const wall = (format: string, text: string) => {
  const time = compileTimeFormat(format)(text)
  return time?.kind === 'wall' ? `${time.date} ${time.minuteOfDay} ${time.restMs}` : time
}

describe('compileTimeFormat', () => {
  test('noon and midnight are told apart on a twelve-hour clock', () => {
    const format = 'MM/dd/yyyy hh:mm:ss a'
    expect(wall(format, '05/01/2022 12:00:03 AM')).toBe('2022-05-01 0 3000')
    expect(wall(format, '05/01/2022 12:30:00 PM')).toBe('2022-05-01 750 0')
    expect(wall(format, '05/01/2022 01:07:46 pm')).toBe('2022-05-01 787 46000')
  })

  test('days and hours that do not exist are no time', () => {
    const format = 'MM/dd/yyyy hh:mm:ss a'
    for (const text of [
      '02/30/2022 01:00:00 AM',
      '05/01/2022 13:00:00 PM',
      '05/01/2022 00:00:00 AM',
      '5/1/2022 01:00:00 AM',
    ]) {
      expect(wall(format, text), text).toBeUndefined()
    }
    expect(wall('yyyy-MM-dd HH:mm', '2022-05-01 24:00')).toBeUndefined()
    expect(wall('yyyy-MM-dd HH:mm', ' 2022-05-01 23:00')).toBeUndefined()
  })

  test('single letters take one digit or two, quoted letters stand for themselves', () => {
    expect(wall("d.M.yyyy 'at' H:mm", '1.12.2022 at 7:05')).toBe('2022-12-01 425 0')
    expect(wall('yyyy-MM-dd', '2022-12-01')).toBe('2022-12-01 0 0')
  })

  test('times that carry their own offset need no zone', () => {
    const ms = Date.UTC(2022, 4, 1, 4)
    expect(compileTimeFormat('rfc3339')('2022-05-01T00:00:00-04:00')).toEqual({ kind: 'instant', ms })
    expect(compileTimeFormat('epoch-seconds')('1651377600')).toEqual({ kind: 'instant', ms })
    expect(compileTimeFormat('rfc3339')('2022-05-01T00:00:00')).toBeUndefined()
  })

  test('a format that leaves the time open is refused in words', () => {
    expect(() => compileTimeFormat('hh:mm')).toThrow('it has no year')
    expect(() => compileTimeFormat('yyyy-MM-dd hh:mm')).toThrow('hh needs a')
    expect(() => compileTimeFormat('yyyy-MM-dd HH:mm q')).toThrow('q is none of')
    expect(() => compileTimeFormat('yyyy-MM-dd dd')).toThrow('stands twice')
  })
})

describe('localInstant', () => {
  const inNewYork = (text: string) => {
    const time = compileTimeFormat('yyyy-MM-dd HH:mm')(text)
    if (time === undefined) throw new Error('no time')
    const at = localInstant('America/New_York', time)
    return {
      clock: at.clock,
      time: zonedTime('America/New_York', at.ms),
      later: at.laterMs && zonedTime('America/New_York', at.laterMs),
    }
  }

  test('an ordinary time is one instant', () => {
    expect(inNewYork('2022-05-01 00:07')).toEqual({ clock: 'once', time: '2022-05-01T00:07:00-04:00' })
    expect(inNewYork('2022-11-06 02:00')).toEqual({ clock: 'once', time: '2022-11-06T02:00:00-05:00' })
  })

  test('a time that the clock skipped is the instant after the gap', () => {
    expect(inNewYork('2022-03-13 02:30')).toEqual({ clock: 'gap', time: '2022-03-13T03:30:00-04:00' })
  })

  test('a time that the clock showed twice is the earlier one, and the other is known', () => {
    expect(inNewYork('2022-11-06 01:30')).toEqual({
      clock: 'overlap',
      time: '2022-11-06T01:30:00-04:00',
      later: '2022-11-06T01:30:00-05:00',
    })
  })
})
