import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { environmentWithStack, readServers } from '../variables.ts'
import { givenServers } from './given-servers.ts'
import { stackFileOf } from './stack-file.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'bina-given-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

const upWith = (env: Readonly<Record<string, string>>) =>
  stackFileOf(dataDir).write({
    pid: process.pid,
    startedAt: '2026-11-24T01:00:00.000Z',
    environment: { CLICKHOUSE_URL: 'http://127.0.0.1:8123/bina' },
    given: givenServers(env),
    outbox: undefined,
    ingestUrl: undefined,
    services: [],
  })

describe('after `up` against servers of somebody else', () => {
  it('another shell finds them, and what it takes to talk to them', () => {
    upWith({ KAFKA_BROKERS: 'kafka-1:9092', KAFKA_TOPIC_PREFIX: 'palembang.', BINA_TIMEZONE: 'Asia/Makassar' })
    expect(readServers({ BINA_DATA_DIR: dataDir })).toMatchObject({
      KAFKA_BROKERS: ['kafka-1:9092'],
      KAFKA_TOPIC_PREFIX: 'palembang.',
      CLICKHOUSE_URL: 'http://127.0.0.1:8123/bina',
      BINA_TIMEZONE: 'Asia/Makassar',
    })
  })

  it('a shell that names its own brokers is told nothing of how to talk to others', () => {
    upWith({ KAFKA_BROKERS: 'kafka-1:9092', KAFKA_TLS: 'true', KAFKA_SASL_PASSWORD_FILE: 'secret' })
    const env = environmentWithStack({ BINA_DATA_DIR: dataDir, KAFKA_BROKERS: 'other:9092' })
    expect(env).toEqual({
      BINA_DATA_DIR: dataDir,
      KAFKA_BROKERS: 'other:9092',
      CLICKHOUSE_URL: 'http://127.0.0.1:8123/bina',
    })
  })

  it('no password is written down: only the file that holds one', () => {
    expect(
      givenServers({
        CLICKHOUSE_URL: 'http://ops:secret@ch:8123/bina',
        CLICKHOUSE_PASSWORD: 'secret',
        KAFKA_SASL_PASSWORD: 'secret',
        SMTP_URL: 'smtp://bina:secret@mail:587',
        REPORT_LINK_SECRET: 'a-secret-with-more-than-32-characters',
      }),
    ).toEqual({})
    expect(givenServers({ CLICKHOUSE_PASSWORD_FILE: '/run/secrets/ch', SMTP_URL: 'smtp://mail:25' })).toEqual({
      CLICKHOUSE_PASSWORD_FILE: '/run/secrets/ch',
      SMTP_URL: 'smtp://mail:25',
    })
  })
})
