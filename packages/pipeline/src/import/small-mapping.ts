import { mappingSchema } from './mapping.ts'

/** For tests: a small city office's list, with every kind of rule in it. Parts of it can be replaced. */
export function smallMapping(replaced: Readonly<Record<string, unknown>> = {}) {
  return mappingSchema.parse({ ...smallMappingInput, ...replaced })
}

export const smallMappingInput = {
  version: 1,
  source: 'urn:test:list',
  zone: 'America/New_York',
  calendarProfile: 'weekdays',
  timeFormat: 'yyyy-MM-dd HH:mm',
  emptyValues: ['none'],
  rows: { key: 'list:{No}', leaveOut: [{ column: 'Kind', oneOf: ['test'] }] },
  directory: { validFrom: '2022-01-01', locale: 'en' },
  units: {
    top: { id: 'opd:{Office}', name: 'Office {Office}', unitType: 'opd', headRole: 'Head', parentUnitId: 'city' },
    desk: {
      id: 'upt:{Office}-{Desk}',
      name: '{Office} {Desk|title}',
      unitType: 'upt',
      headRole: 'Head',
      parent: 'top',
    },
  },
  received: {
    at: 'In',
    channel: { column: 'Channel', values: { Call: 'phone', Form: 'web' } },
    kind: { always: 'complaint' },
    category: { column: 'Kind', values: { slow: 'delay' }, otherwise: 'other' },
    slaClass: { always: 'light' },
  },
  assigned: { at: 'In', unit: 'desk', ruledBy: 'coordinator' },
  resolved: {
    at: 'Out',
    unit: 'desk',
    when: { column: 'Status', oneOf: ['Done'] },
    outcomes: [
      { column: 'Text', matches: 'repaired|fixed', outcome: 'fixed' },
      { column: 'Text', matches: '.', outcome: 'answered' },
    ],
    otherwise: 'closed_silent',
  },
}

export const smallHeader = 'No,In,Out,Office,Desk,Channel,Kind,Status,Text,Address'

export async function* bytesOf(...texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
