import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importEvents } from './import-events.ts'
import { importRows } from './import-rows.ts'
import type { ImportPlan } from './plan-import.ts'
import { planImport } from './plan-import.ts'
import { all, bytesOf, smallHeader, smallMapping } from './small-mapping.ts'

const nowMs = Date.UTC(2022, 5, 1)
const file = (...rows: readonly string[]) => bytesOf([smallHeader, ...rows, ''].join('\n'))
const rowsOf = (...rows: readonly string[]) => all(importRows(smallMapping(), file(...rows), { nowMs }))
const open = '7,2022-05-02 09:00,,Water,north side,Call,slow,Open,,12 Elm Street'
const done = (text: string) =>
  `8,2022-05-02 09:00,2022-05-03 10:15,Water,north side,Form,odd,Done,${text},12 Elm Street`
const problemOf = async (row: string) => {
  const [only] = await rowsOf(row)
  return only?.kind === 'bad'
    ? only.problems.map(({ code, columnName }) => `${code} ${columnName ?? ''}`.trim())
    : only?.kind
}

describe('importRows', () => {
  test('an open row becomes a receipt and an assignment to its unit, at the same instant and in this order', async () => {
    const [row] = await rowsOf(open)
    expect(row).toMatchObject({
      kind: 'mapped',
      key: 'list:7',
      state: 'open',
      events: [
        {
          type: 'bina.complaint.received.v1',
          id: 'list:7:1-received',
          subject: 'list:7',
          time: '2022-05-02T09:00:00-04:00',
          data: { complaintId: 'list:7', channel: 'phone', kind: 'complaint', category: 'delay', slaClass: 'light' },
        },
        {
          type: 'bina.complaint.assigned.v1',
          id: 'list:7:2-assigned',
          time: '2022-05-02T09:00:00-04:00',
          data: { complaintId: 'list:7', unitId: 'upt:water-north-side', ruledBy: 'coordinator' },
        },
      ],
      units: [
        { subject: 'opd:water', data: { name: 'Office Water', parentUnitId: 'city', scheduleProfile: 'weekdays' } },
        {
          subject: 'upt:water-north-side',
          data: { name: 'Water North Side', parentUnitId: 'opd:water', unitType: 'upt' },
        },
      ],
    })
  })

  test.each([
    ['Pipe was repaired', 'fixed'],
    ['Please ask your landlord', 'answered'],
    ['', 'closed_silent'],
  ])('a row closed with %j ends as %s', async (text, outcome) => {
    const [row] = await rowsOf(done(text))
    expect(row).toMatchObject({ state: outcome })
    expect(row?.kind === 'mapped' && row.events[2]).toMatchObject({
      type: 'bina.resolution.resolved.v1',
      id: 'list:8:3-resolved-20220503T141500Z',
      data: { unitId: 'upt:water-north-side', outcome },
    })
  })

  test('every fault of a row is told, each with its column', async () => {
    expect(await problemOf('7,yesterday,,Water,???,Telegraph,slow,Done,,')).toEqual([
      'time In',
      'value Channel',
      'required Out',
      'id Desk',
    ])
  })

  test.each([
    ['that ends before it begins', '8,2022-05-02 09:00,2022-05-01 09:00,Water,north,Form,x,Done,,', ['time_order Out']],
    ['without a key', ',2022-05-02 09:00,,Water,north,Form,x,Open,,', ['required No']],
    ['without a unit', '8,2022-05-02 09:00,,Water,,Form,x,Open,,', ['required Desk']],
    ['of before 1970', '8,0202-05-02 09:00,,Water,north,Form,x,Open,,', ['time In']],
    ['of the day after tomorrow', '8,2022-06-02 09:00,,Water,north,Form,x,Open,,', ['time_in_future']],
    ['whose key is no id', '8 and 9,2022-05-02 09:00,,Water,north,Form,x,Open,,', ['contract']],
  ])('a row %s is not imported', async (_, row, problems) => {
    expect(await problemOf(row)).toEqual(problems)
  })

  test('a row that the mapping leaves out is neither good nor bad', async () => {
    expect(await problemOf(open.replace('slow', 'TEST'))).toBe('left_out')
  })

  test('an end in the hour that the clock shows twice is the one after the beginning', async () => {
    const [row] = await rowsOf(
      '8,2022-11-06 01:50,2022-11-06 01:10,Water,north,Form,x,Done,fixed,'
        .replaceAll('2022', '2021')
        .replaceAll('11-06', '11-07'),
    )
    expect(row?.kind === 'mapped' && row.events.map((event) => event.time)).toEqual([
      '2021-11-07T01:50:00-04:00',
      '2021-11-07T01:50:00-04:00',
      '2021-11-07T01:10:00-05:00',
    ])
  })

  test('a repeated row is a repeat; another row under its key is told, and the first stands', async () => {
    const rows = await rowsOf(open, open, open.replace('Call', 'Form'))
    expect(rows.map((row) => row.kind)).toEqual(['mapped', 'repeated', 'bad'])
    expect(rows[2]).toMatchObject({
      problems: [{ code: 'repeat', line: 4, message: 'has the key of line 2 and says something else' }],
    })
  })

  test('nothing that a problem says is a value of the file', async () => {
    const secret = fc
      .string({ unit: fc.constantFrom('q', '7', '"', '\u00e9', ':'), minLength: 6, maxLength: 20 })
      .map((text) => `zq${text}`)
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 9, maxLength: 11 }), async (cells) => {
        const row = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
        for (const one of await rowsOf(row, cells.join(','))) {
          const said = one.kind === 'bad' ? JSON.stringify(one.problems) : ''
          for (const cell of cells) expect(said).not.toContain(cell)
        }
      }),
    )
  })
})

describe('importEvents', () => {
  test('a unit is made once, before the first complaint that names it', async () => {
    const rows = await all(importEvents(smallMapping(), file(open, done('fixed')), { nowMs, skipBad: false }))
    expect(rows.map((row) => row.events.map((event) => event.type.split('.').slice(1, 3).join(' ')))).toEqual([
      ['directory unit', 'directory unit', 'complaint received', 'complaint assigned'],
      ['complaint received', 'complaint assigned', 'resolution resolved'],
    ])
  })

  test('good rows beside a bad one are imported only if asked', async () => {
    const bad = open.replace('2022-05-02', 'May 2nd')
    const skipping = await all(importEvents(smallMapping(), file(bad, open), { nowMs, skipBad: true }))
    expect(skipping.map((row) => row.line)).toEqual([3])
    await expect(all(importEvents(smallMapping(), file(bad, open), { nowMs, skipBad: false }))).rejects.toMatchObject({
      code: 'bad_row',
    })
  })

  test('importing the same file again makes the same events, whenever it is done', async () => {
    const once = await all(importEvents(smallMapping(), file(open, done('x')), { nowMs, skipBad: false }))
    const again = await all(importEvents(smallMapping(), file(done('x'), open), { nowMs: nowMs + 1e9, skipBad: false }))
    const byId = (rows: typeof once) => rows.flatMap((row) => row.events).sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(again)).toEqual(byId(once))
  })
})

describe('planImport', () => {
  const planOf = async (rows: readonly string[], city = { cityZone: 'America/New_York', cityProfile: 'weekdays' }) => {
    const steps = await all(
      planImport(smallMapping(), file(...rows), { nowMs, ...city, listedProblems: 2, progressEveryRows: 3 }),
    )
    return { plan: steps.at(-1) as ImportPlan, progress: steps.slice(0, -1) }
  }

  test('a plan counts what an import would do and what it would not', async () => {
    const rows = [
      open,
      open,
      done('fixed'),
      open.replace('slow', 'test'),
      '1,x,,y,z,Call,,Open,,',
      '2,x,y,z,,Call,,Done,,',
    ]
    const { plan, progress } = await planOf(rows)
    expect(plan).toMatchObject({ rows: 6, good: 2, bad: 2, leftOut: 1, repeated: 1, moreProblems: 2 })
    expect(plan.states).toEqual({ open: 1, fixed: 1, answered: 0, closed_silent: 0 })
    expect(plan.problems.map(({ line, column }) => [line, column])).toEqual([
      [6, 2],
      [7, 2],
    ])
    expect(plan.units).toEqual([
      { unitId: 'opd:water', name: 'Office Water', unitType: 'opd', complaints: 0 },
      { unitId: 'upt:water-north-side', name: 'Water North Side', unitType: 'upt', complaints: 2 },
    ])
    expect(plan.weeks).toEqual([{ week: '2022-W18', rows: 2 }])
    expect(progress).toEqual([
      { kind: 'progress', rows: 3 },
      { kind: 'progress', rows: 6 },
    ])
  })

  test('an operator is warned of what may surprise', async () => {
    const { plan } = await planOf([done('x'), open.replace(',,Water', ',2022-05-03 09:00,Water')], {
      cityZone: 'Asia/Jakarta',
      cityProfile: 'office_5d',
    })
    expect(plan.warnings.join('\n')).toMatch(/BINA_TIMEZONE=America\/New_York[\s\S]*BINA_CITY_PROFILE=weekdays/)
    expect(plan.warnings).toContain('Kind: 1 row with a value that the mapping does not list, taken as its "otherwise"')
    expect(plan.warnings).toContain('Out: 1 row with a time though not closed; the time is not used')
  })

  test("a file of the mapping's own city with nothing odd in it gives no warning", async () => {
    expect((await planOf([open])).plan.warnings).toEqual([])
  })
})
