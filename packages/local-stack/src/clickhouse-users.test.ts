import { expect, test } from 'vitest'
import { type ClickHouseUser, clickhouseUsersXml } from './clickhouse-users.ts'

const reader: ClickHouseUser = { name: 'ops_reader', passwordSha256: 'ab'.repeat(32) }

test('users are let in from this machine alone', () => {
  const xml = clickhouseUsersXml([reader], [])
  expect(xml.match(/<networks><ip>127\.0\.0\.1<\/ip><ip>::1<\/ip><\/networks>/g)).toHaveLength(2)
  expect(xml).not.toContain('::/0')
})

test('a condition with signs of its own stays one condition', () => {
  const filters = [{ database: 'bina', table: 'events', condition: "id < 3 AND type != '<&>'" }]
  expect(clickhouseUsersXml([{ ...reader, filters }], [])).toContain(
    "<filter>id &lt; 3 AND type != '&lt;&amp;&gt;'</filter>",
  )
})

test('a name that could end its element, a second default user and a password in the clear are refused', () => {
  expect(() => clickhouseUsersXml([{ ...reader, name: 'a><b' }], [])).toThrow(TypeError)
  expect(() => clickhouseUsersXml([{ ...reader, name: 'default' }], [])).toThrow(TypeError)
  expect(() => clickhouseUsersXml([{ ...reader, passwordSha256: 'secret' }], [])).toThrow(TypeError)
  expect(() => clickhouseUsersXml([], [{ name: 'Ops Read', grants: [] }])).toThrow(TypeError)
})
