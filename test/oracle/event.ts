/** One accepted event as the tables hold it, and where it first lay on the broker. */
export interface OracleEvent {
  readonly source: string
  readonly id: string
  readonly type: string
  readonly subject: string
  /** RFC 3339 with an offset. */
  readonly time: string
  readonly supersedes?: string | null | undefined
  readonly data: object
  readonly position: EventPosition
}

export interface EventPosition {
  /** The Kafka record's timestamp, epoch milliseconds. */
  readonly recordMs: number
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/** An event that stands, with its instant read. */
export interface Standing extends OracleEvent {
  readonly atMs: number
  /** Withdrawn for erasure: it still moves unit figures, but no row may show it. */
  readonly erased: boolean
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The order of events everywhere: time, source, id. */
export function inOrder(
  a: { readonly atMs: number; readonly source: string; readonly id: string },
  b: { readonly atMs: number; readonly source: string; readonly id: string },
): number {
  return a.atMs - b.atMs || compareText(a.source, b.source) || compareText(a.id, b.id)
}

export function identityOf(source: string, id: string): string {
  return `${source}\n${id}`
}

export function instantMs(time: string): number {
  const ms = Date.parse(time.toUpperCase())
  if (Number.isNaN(ms)) throw new Error(`not an RFC 3339 time: ${time}`)
  return ms
}

function fieldOf(event: OracleEvent, field: string): unknown {
  return new Map<string, unknown>(Object.entries(event.data)).get(field)
}

export function maybeText(event: OracleEvent, field: string): string | null {
  const value = fieldOf(event, field)
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw new Error(`${event.type} ${event.id}: ${field} is not text`)
  return value
}

export function text(event: OracleEvent, field: string): string {
  const value = maybeText(event, field)
  if (value === null) throw new Error(`${event.type} ${event.id}: ${field} is missing`)
  return value
}

export function maybeNumber(event: OracleEvent, field: string): number | null {
  const value = fieldOf(event, field)
  return typeof value === 'number' ? value : null
}

export function isTrue(event: OracleEvent, field: string): boolean {
  return fieldOf(event, field) === true
}

/** The answers of a rating: element to 1..4. */
export function answersOf(event: OracleEvent): ReadonlyMap<string, number> {
  const answers = fieldOf(event, 'answers')
  const found = new Map<string, number>()
  if (typeof answers !== 'object' || answers === null) return found
  for (const [element, value] of Object.entries(answers)) {
    if (typeof value === 'number') found.set(element, value)
  }
  return found
}
