/** A time as a wall clock shows it, of no zone yet. */
export interface WallTime {
  readonly kind: 'wall'
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly minuteOfDay: number
  /** Seconds and milliseconds past that minute. */
  readonly restMs: number
}

export interface FixedTime {
  readonly kind: 'instant'
  readonly ms: number
}

/** Text to a time, or undefined when the text is not of the format or no such day or time exists. */
export type TimeParser = (text: string) => WallTime | FixedTime | undefined

const pad = (n: number, width: number) => String(n).padStart(width, '0')

function wallTime(parts: {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  restMs: number
}): WallTime | undefined {
  const { year, month, day, hour, minute, restMs } = parts
  const at = new Date(Date.UTC(year, month - 1, day))
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  if (hour > 23 || minute > 59 || restMs > 59_999) return undefined
  return {
    kind: 'wall',
    date: `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`,
    minuteOfDay: hour * 60 + minute,
    restMs,
  }
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/

const named: Readonly<Record<string, TimeParser>> = {
  rfc3339: (text) => {
    const ms = rfc3339.test(text) ? Date.parse(text.replace(' ', 'T').toUpperCase()) : Number.NaN
    return Number.isNaN(ms) ? undefined : { kind: 'instant', ms }
  },
  'epoch-seconds': (text) => (/^\d{1,12}$/.test(text) ? { kind: 'instant', ms: Number(text) * 1000 } : undefined),
  'epoch-milliseconds': (text) => (/^\d{1,15}$/.test(text) ? { kind: 'instant', ms: Number(text) } : undefined),
}

const tokens: Readonly<Record<string, { readonly field: string; readonly pattern: string }>> = {
  yyyy: { field: 'year', pattern: '\\d{4}' },
  MM: { field: 'month', pattern: '\\d{2}' },
  M: { field: 'month', pattern: '\\d{1,2}' },
  dd: { field: 'day', pattern: '\\d{2}' },
  d: { field: 'day', pattern: '\\d{1,2}' },
  HH: { field: 'hour', pattern: '\\d{2}' },
  H: { field: 'hour', pattern: '\\d{1,2}' },
  hh: { field: 'hour12', pattern: '\\d{2}' },
  h: { field: 'hour12', pattern: '\\d{1,2}' },
  mm: { field: 'minute', pattern: '\\d{2}' },
  ss: { field: 'second', pattern: '\\d{2}' },
  SSS: { field: 'milli', pattern: '\\d{3}' },
  a: { field: 'half', pattern: '[AaPp]\\.?[Mm]\\.?' },
}

/** `MM/dd/yyyy hh:mm:ss a`, `yyyy-MM-dd'T'HH:mm`, ..., or one of `rfc3339`, `epoch-seconds`, `epoch-milliseconds`.
 *  Throws a RangeError that says what is wrong with the format. */
export function compileTimeFormat(format: string): TimeParser {
  const ready = named[format]
  if (ready !== undefined) return ready
  let pattern = ''
  const fields = new Set<string>()
  for (const [piece] of format.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g)) {
    const token = tokens[piece]
    if (token !== undefined) {
      if (fields.has(token.field)) throw new RangeError(`${piece} stands twice`)
      fields.add(token.field)
      pattern += `(?<${token.field}>${token.pattern})`
    } else if (/^[A-Za-z]/.test(piece)) {
      throw new RangeError(
        `${piece} is none of ${Object.keys(tokens).join(' ')}; put plain letters between single quotes`,
      )
    } else {
      pattern += piece.replaceAll("'", '').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    }
  }
  for (const field of ['year', 'month', 'day']) if (!fields.has(field)) throw new RangeError(`it has no ${field}`)
  if (fields.has('hour12') !== fields.has('half')) throw new RangeError('hh needs a (AM or PM), and a needs hh')
  if (fields.has('hour') && fields.has('hour12')) throw new RangeError('it has both HH and hh')
  const whole = new RegExp(`^${pattern}$`)
  return (text) => {
    const found = whole.exec(text)?.groups
    if (found === undefined) return undefined
    const number = (field: string) => Number(found[field] ?? 0)
    const hour12 = number('hour12')
    if (fields.has('hour12') && (hour12 < 1 || hour12 > 12)) return undefined
    const afternoon = /^p/i.test(found.half ?? '') ? 12 : 0
    const hour = fields.has('hour12') ? (hour12 % 12) + afternoon : number('hour')
    const restMs = number('second') * 1000 + number('milli')
    return wallTime({
      year: number('year'),
      month: number('month'),
      day: number('day'),
      hour,
      minute: number('minute'),
      restMs,
    })
  }
}
