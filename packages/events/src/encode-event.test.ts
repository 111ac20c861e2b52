import { expect, test } from 'vitest'
import { decodeEvent } from './decode-event.ts'
import { encodeEvent } from './encode-event.ts'
import { readGoldenFixtures, structuredMessage } from './golden-fixture.ts'

test('what was decoded and encoded again decodes to the same event, in both modes', () => {
  for (const fixture of readGoldenFixtures()) {
    const nowMs = Date.parse(fixture.now)
    for (const golden of [{ name: 'valid' }, ...fixture.accepted]) {
      const first = decodeEvent(structuredMessage(fixture, golden), nowMs)
      if (first.kind === 'dead_letter') throw new Error(`${golden.name}: ${first.detail}`)
      for (const mode of ['structured', 'binary'] as const) {
        const { key, value, headers } = encodeEvent(first.value, mode)
        const topic = golden.topic ?? fixture.topic
        expect(decodeEvent({ topic, key: Buffer.from(key), value, headers }, nowMs), golden.name).toEqual(first)
      }
    }
  }
})

test('in structured mode the value is the whole event, in binary mode its data', () => {
  const event = {
    id: 'ex-1',
    source: '/palembang/lapor',
    type: 'bina.resolution.reopened.v1',
    subject: 'LAPOR-1',
    time: '2026-11-20T08:30:00+07:00',
    supersedes: 'ex-0',
    data: { complaintId: 'LAPOR-1', by: 'reporter' },
  } as const
  const { data, ...attributes } = event

  const structured = encodeEvent(event)
  expect(structured.key).toBe('LAPOR-1')
  expect(structured.headers).toEqual({ 'content-type': 'application/cloudevents+json; charset=UTF-8' })
  expect(JSON.parse(structured.value.toString())).toEqual({
    specversion: '1.0',
    datacontenttype: 'application/json',
    ...event,
  })

  const binary = encodeEvent(event, 'binary')
  const headers = Object.entries(attributes).map(([name, text]) => [`ce_${name}`, text])
  expect(JSON.parse(binary.value.toString())).toEqual(data)
  expect(binary.headers).toEqual({
    ...Object.fromEntries(headers),
    ce_specversion: '1.0',
    'content-type': 'application/json',
  })
})
