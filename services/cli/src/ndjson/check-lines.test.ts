import { describe, expect, it } from 'vitest'
import { checkedLines } from './check-lines.ts'
import { fileHint } from './file-hint.ts'
import { createTally } from './tally.ts'

const nowMs = Date.parse('2026-11-10T00:00:00Z')
const clockIn = {
  specversion: '1.0',
  id: 'e-1',
  source: '/turnstiles',
  type: 'bina.attendance.recorded.v1',
  subject: 'upt:samsat',
  time: '2026-11-09T07:25:00+07:00',
  data: { unitId: 'upt:samsat', personKey: 'person_0001', workDate: '2026-11-09', kind: 'in', method: 'device' },
}
const lineOf = (change: object = {}) => JSON.stringify({ ...clockIn, ...change })

async function* bytesOf(text: string | Buffer) {
  yield Buffer.from(text)
}

async function check(text: string | Buffer) {
  const lines = []
  for await (const line of checkedLines(bytesOf(text), () => nowMs)) lines.push(line)
  return lines
}

describe('a line of events', () => {
  it('that is good becomes its event, with the line that it stands on', async () => {
    const [first, second] = await check(`\n${lineOf()}\n   \n${lineOf({ id: 'e-2', comesfrom: 'an extension' })}`)
    expect(first).toMatchObject({
      kind: 'event',
      line: 2,
      event: { id: 'e-1', occurredAtMs: Date.parse(clockIn.time) },
    })
    expect(second).toMatchObject({ kind: 'event', line: 4, event: { id: 'e-2' } })
  })

  it.each([
    ['of nonsense', 'nonsense', 'not_json', '', 'expected one whole JSON object on the line'],
    ['that breaks off', '{"a":', 'not_json', '', 'expected one whole JSON object on the line'],
    ['of bytes that are no text', Buffer.from([0xc3, 0x28]), 'not_json', '', 'expected JSON in UTF-8'],
    ['with several events', `[${lineOf()}]`, 'not_cloudevent', '', 'expected one CloudEvent as a JSON object'],
    [
      'without an id',
      lineOf({ id: undefined }),
      'not_cloudevent',
      '/id',
      '/id: expected 1 to 128 characters, none a control character',
    ],
    ['of an unknown type', lineOf({ type: 'a.b' }), 'unknown_type', '/type', '/type: expected a type of the contract'],
    [
      'with a slip of the pen',
      lineOf({ data: { ...clockIn.data, kind: 'came' } }),
      'schema_violation',
      '/data/kind',
      '/data/kind: expected one of in, out',
    ],
    [
      "with a citizen's number",
      lineOf({ data: { ...clockIn.data, personKey: '1671050101900001' } }),
      'personal_data',
      '/data/personKey',
      '/data/personKey: expected an opaque key, no NIK and no NIP',
    ],
    [
      'of next week',
      lineOf({ time: '2026-11-17T07:25:00+07:00' }),
      'time_in_future',
      '/time',
      '/time: expected at most 24 hours ahead',
    ],
    ['of more than 64 KiB', lineOf({ note: 'x'.repeat(70_000) }), 'too_large', '', 'expected at most 64 KiB'],
  ])(
    '%s is told with its pointer and what was expected, and its neighbours are kept',
    async (_, bad, reason, pointer, detail) => {
      const lines = await check(
        Buffer.concat([Buffer.from(`${lineOf()}\n`), Buffer.from(bad), Buffer.from(`\n${lineOf()}\n`)]),
      )
      expect(lines.map(({ kind }) => kind)).toEqual(['event', 'problem', 'event'])
      expect(lines[1]).toMatchObject({ line: 2, reason, pointer, detail })
    },
  )

  it('that stops being JSON says where, as far as that is known', async () => {
    expect(await check('{"a": 1,}')).toMatchObject([{ column: 9 }])
    expect(await check('{"a": 1')).toMatchObject([{ reason: 'not_json', column: 8 }])
  })
})

describe("a file's tally", () => {
  it('counts good lines by type and lists the first problems', async () => {
    const tally = createTally()
    for (const line of await check(`${lineOf()}\n${'x\n'.repeat(30)}`)) tally.add(line)
    expect([tally.lines(), tally.good(), tally.bad(), tally.problems().length]).toEqual([31, 1, 30, 20])
    expect(tally.byType()).toEqual([['bina.attendance.recorded.v1', 1]])
  })

  it.each([
    [Buffer.from([0x1f, 0x8b, 8]), /gzip -dc f \| npx bina publish -/],
    [Buffer.from([0xff, 0xfe, 0x7b, 0]), /iconv/],
    [Buffer.from(' [\n {'), /jq -c '\.\[\]' f/],
    [Buffer.from('{\n  "id"'), /jq -c \. f/],
    [Buffer.from('{"id":1}\n'), undefined],
  ])('knows by the first bytes what kind of file this is', (head, words) => {
    if (words === undefined) expect(fileHint(head, 'f')).toBeUndefined()
    else expect(fileHint(head, 'f')).toMatch(words)
  })
})
