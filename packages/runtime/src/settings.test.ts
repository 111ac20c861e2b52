import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readConfig } from './config.ts'
import { clickHouseSettings, kafkaSettings } from './settings.ts'
import { clickHouseVariables, kafkaVariables } from './variables.ts'

const kafka = (env: Record<string, string>) =>
  kafkaSettings(readConfig(z.object(kafkaVariables), { KAFKA_BROKERS: 'a:9092,b:9092', ...env }), 'sink-worker')
const clickHouse = (env: Record<string, string>) =>
  clickHouseSettings(
    readConfig(z.object(clickHouseVariables), { CLICKHOUSE_URL: 'http://clickhouse:8123/bina', ...env }),
    'sink-worker',
  )

describe('what a Kafka client is given', () => {
  it('names the client after the service, and logs in nowhere by itself', () => {
    expect(kafka({})).toEqual({
      brokers: ['a:9092', 'b:9092'],
      clientId: 'bina-sink-worker',
      tls: false,
      tlsCaFile: undefined,
      sasl: undefined,
    })
  })

  it('has user and password beside a mechanism, or is refused before anything connects', () => {
    const login = { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'bina', KAFKA_SASL_PASSWORD: 'secret' }
    expect(kafka(login).sasl).toEqual({ mechanism: 'plain', username: 'bina', password: 'secret' })
    expect(() => kafka({ ...login, KAFKA_SASL_PASSWORD: '' })).toThrow('KAFKA_SASL_PASSWORD must be set')
    expect(() => kafka({ ...login, KAFKA_SASL_USERNAME: '' })).toThrow('KAFKA_SASL_USERNAME')
  })
})

describe('what a ClickHouse client is given', () => {
  it('is the address without user and password, which stand beside it', () => {
    expect(clickHouse({ CLICKHOUSE_URL: 'https://bina_write:p%40ss@clickhouse:8443/bina' })).toEqual({
      url: 'https://clickhouse:8443/bina',
      user: 'bina_write',
      password: 'p@ss',
      application: 'bina-sink-worker',
    })
  })

  it('is the user and password of the variables where both are given', () => {
    const env = {
      CLICKHOUSE_URL: 'http://old:old@clickhouse:8123/bina',
      CLICKHOUSE_USER: 'bina_write',
      CLICKHOUSE_PASSWORD: 'new',
    }
    expect(clickHouse(env)).toMatchObject({ url: 'http://clickhouse:8123/bina', user: 'bina_write', password: 'new' })
  })

  it('is the default user without a password where nobody says otherwise', () => {
    expect(clickHouse({})).toMatchObject({ user: 'default', password: '' })
  })
})
