import { askKafka } from '@bina/local-stack/kafka-ready'
import { expect, inject, test } from 'vitest'
import { freshNames } from './test-city.ts'

test('a test city finds a real Kafka and a real ClickHouse, and a database of its own on it', async () => {
  const { database } = freshNames()
  const ask = async (query: string) => {
    const reply = await fetch(inject('clickhouseUrl'), {
      method: 'POST',
      body: query,
      headers: { connection: 'close' },
    })
    return (await reply.text()).trim()
  }
  await ask(`CREATE DATABASE ${database}`)
  expect(await ask(`SELECT count() FROM system.databases WHERE name = '${database}'`)).toBe('1')
  await ask(`DROP DATABASE ${database}`)

  const port = Number(inject('kafkaBrokers').split(',')[0]?.split(':')[1])
  expect((await askKafka(port, 5_000))?.brokers).toBeGreaterThan(0)
})
