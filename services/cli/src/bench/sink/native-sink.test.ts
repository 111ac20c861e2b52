import { expect, it } from 'vitest'
import { nativeStatements } from './native-sink.ts'
import { joinsIn } from './own-sink.ts'

it("the native engine's statements name what they are given, and end with the view that sets it going", () => {
  const statements = nativeStatements({
    brokers: ['a:1', 'b:2'],
    topicPrefix: 'bench.',
    group: 'bench.native-1',
    zone: 'Asia/Jakarta',
  })
  expect(statements.length).toBe(3)
  expect(statements[1]).toContain("kafka_broker_list = 'a:1,b:2'")
  expect(statements[1]).toContain("kafka_topic_list = 'bench.bina.attendance.v1,bench.bina.complaint.v1,")
  expect(statements[2]).toMatch(/^CREATE MATERIALIZED VIEW/)
  expect(statements[2]).toContain("toDate(time, 'Asia/Jakarta')")
  expect(statements.join()).not.toContain('{{')
})

it('a worker has joined when it was given partitions, not when it was told that others have them all', () => {
  const log = [
    '{"level":30,"time":"2026-11-23T02:00:00.000Z","msg":"started"}',
    '{"level":30,"time":"2026-11-23T02:00:01.000Z","assigned":{"t":[]},"msg":"joined the group"}',
    '{"level":30,"time":"2026-11-23T02:00:02.500Z","assigned":{"t":[0,1]},"msg":"joined the group"}',
    '',
  ].join('\n')
  expect(joinsIn(log)).toEqual([Date.parse('2026-11-23T02:00:02.500Z')])
})
