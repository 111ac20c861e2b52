import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConfigError, readConfig } from './config.ts'
import { cityVariables, clickHouseVariables, kafkaVariables, mailVariables, operationsVariables } from './variables.ts'

const all = z.object({
  ...cityVariables,
  ...kafkaVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  ...mailVariables,
})
const enough = {
  KAFKA_BROKERS: 'kafka:9092',
  CLICKHOUSE_URL: 'http://clickhouse:8123/bina',
  SMTP_URL: 'smtp://mail:25',
}

const read = (env: Record<string, string>) => readConfig(all, { ...enough, ...env })
const isTaken = (name: string, value: string) => {
  try {
    return read({ [name]: value }) !== undefined
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    expect((error as ConfigError).problems).toHaveLength(1)
    expect((error as ConfigError).message).toContain(`${name}: expected`)
    return false
  }
}

describe('a variable', () => {
  it('has a default wherever a city need not choose', () => {
    expect(read({})).toMatchObject({
      BINA_TIMEZONE: 'Asia/Jakarta',
      BINA_CITY_PROFILE: 'office_5d',
      KAFKA_BROKERS: ['kafka:9092'],
      KAFKA_TOPIC_PREFIX: '',
      KAFKA_TLS: false,
      CLICKHOUSE_USER: 'default',
      OPERATIONS_HOST: '127.0.0.1',
      OPERATIONS_PORT: 0,
      LOG_LEVEL: 'info',
      MAIL_FROM: 'Bina <bina@localhost>',
    })
  })

  it.each([
    ['BINA_TIMEZONE', 'America/New_York'],
    ['BINA_TIMEZONE', 'Etc/GMT+7'],
    ['KAFKA_BROKERS', 'kafka-1:9092,kafka-2:9093'],
    ['KAFKA_TOPIC_PREFIX', 'palembang.'],
    ['KAFKA_TLS', 'true'],
    ['KAFKA_SASL_MECHANISM', 'scram-sha-512'],
    ['CLICKHOUSE_URL', 'https://user:secret@clickhouse.example:8443/bina'],
    ['OPERATIONS_PORT', '65535'],
    ['SMTP_URL', 'smtps://user:secret@mail.example:465'],
    ['MAIL_FROM', 'bina@palembang.example'],
    ['MAIL_FROM', 'Bina Palembang <bina@palembang.example>'],
    ['MAIL_FROM', '"Bina, Kota" <no-reply.bina@mail-2.palembang.example>'],
    ['MAIL_FROM', 'bina@10.0.0.1'],
    ['MAIL_REPLY_TO', 'organisasi@palembang.example'],
  ])('%s takes %j', (name, value) => {
    expect(isTaken(name, value)).toBe(true)
  })

  it.each([
    ['BINA_TIMEZONE', 'Mars/Olympus'],
    ['BINA_TIMEZONE', '+07:00'],
    ['BINA_TIMEZONE', "Asia/Jakarta'; DROP"],
    ['KAFKA_BROKERS', 'kafka'],
    ['KAFKA_BROKERS', 'kafka:9092, other:9092'],
    ['KAFKA_TOPIC_PREFIX', 'a city'],
    ['KAFKA_TLS', 'yes'],
    ['KAFKA_SASL_MECHANISM', 'SCRAM'],
    ['CLICKHOUSE_URL', 'tcp://clickhouse:9000'],
    ['CLICKHOUSE_URL', 'clickhouse'],
    ['OPERATIONS_PORT', '65536'],
    ['OPERATIONS_PORT', '1.5'],
    ['OPERATIONS_PORT', 'http'],
    ['LOG_LEVEL', 'loud'],
    ['SHUTDOWN_TIMEOUT_MS', '-1'],
    ['SMTP_URL', 'http://mail.example'],
    ['SMTP_TLS', 'maybe'],
    ['MAIL_FROM', 'Bina'],
    ['MAIL_FROM', 'Bina <bina@x.example>, Other <o@x.example>'],
    ['MAIL_FROM', 'Bina\nBcc: x@evil.example <bina@x.example>'],
    ['MAIL_FROM', 'Bina Palembang bina@palembang.example'],
    ['MAIL_FROM', 'Bina <bina@palembang.example'],
    ['MAIL_FROM', 'bina@palembang.example>'],
    ['MAIL_FROM', "'Bina <bina@palembang.example>'"],
    ['MAIL_FROM', "'bina@palembang.example'"],
    ['MAIL_FROM', '"bina@palembang.example"'],
    ['MAIL_FROM', 'Bina <>'],
    ['MAIL_FROM', 'mailto:bina@palembang.example'],
    ['MAIL_FROM', 'bina@'],
    ['MAIL_FROM', '@palembang.example'],
    ['MAIL_FROM', 'bina@@palembang.example'],
    ['MAIL_FROM', 'bina@palembang,example'],
    ['MAIL_FROM', 'bina@palembang..example'],
    ['MAIL_FROM', 'bina@palembang.example.'],
    ['MAIL_FROM', 'bina@.example'],
    ['MAIL_FROM', 'bina@palembang_kota.example'],
    ['MAIL_FROM', 'bina@palembang.example/reports'],
    ['MAIL_FROM', 'bina.@palembang.example'],
    ['MAIL_FROM', 'bina@palembang.example '],
    ['MAIL_REPLY_TO', 'organisasi@palembang.example;bina@palembang.example'],
    ['MAIL_REPLY_TO', 'a@x.example,b@x.example'],
  ])('%s does not take %j, and says what it expected', (name, value) => {
    expect(isTaken(name, value)).toBe(false)
  })
})
