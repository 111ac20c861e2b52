import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConfigError, readConfig } from './config.ts'
import { kafkaRules, mailRules, twoPorts, under } from './config-rules.ts'
import { kafkaVariables, mailVariables, operationsVariables, wholeNumber } from './variables.ts'

const problemsOf = (read: () => unknown): readonly string[] => {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('values that are each right alone', () => {
  it('are refused together with what would happen and what to set, all of them at once', () => {
    const schema = z.object({ ...operationsVariables, DOOR_PORT: operationsVariables.OPERATIONS_PORT })
    const rules = [
      under('SHUTDOWN_TIMEOUT_MS', 'OPERATIONS_PORT', 'it would end too late'),
      twoPorts('DOOR_PORT', 'OPERATIONS_PORT'),
    ]
    expect(problemsOf(() => readConfig(schema, { OPERATIONS_PORT: '9100', DOOR_PORT: '9100' }, rules))).toEqual([
      'SHUTDOWN_TIMEOUT_MS (20000) must be less than OPERATIONS_PORT (9100): it would end too late. Set SHUTDOWN_TIMEOUT_MS to less than 9100, or OPERATIONS_PORT to more than 20000.',
      'DOOR_PORT and OPERATIONS_PORT are both 9100. Set OPERATIONS_PORT to another port, or to 0, which takes a free one.',
    ])
    expect(problemsOf(() => readConfig(schema, { OPERATIONS_PORT: '0', DOOR_PORT: '0' }, rules.slice(1)))).toEqual([])
  })

  it('are looked at only once each is right by itself', () => {
    const schema = z.object({ A: operationsVariables.OPERATIONS_PORT, B: operationsVariables.OPERATIONS_PORT })
    const problems = problemsOf(() => readConfig(schema, { A: 'http', B: '5' }, [under('A', 'B', 'no')]))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^A: expected a whole number/)
    expect(wholeNumber(0, 9).parse('5')).toBe(5)
  })

  it.each([
    [{ KAFKA_SASL_MECHANISM: 'plain' }, /KAFKA_SASL_PASSWORD must be set too/],
    [{ KAFKA_SASL_USERNAME: 'bina' }, /without KAFKA_SASL_MECHANISM: nobody would log in/],
    [{ KAFKA_TLS_CA_FILE: '/run/ca.pem' }, /everything would go unencrypted/],
    [{ KAFKA_TLS_CA_FILE: '/run/ca.pem', KAFKA_TLS: 'true' }, undefined],
    [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'bina', KAFKA_SASL_PASSWORD: 'secret' }, undefined],
    [{}, undefined],
  ])('of Kafka: %j', (env, words) => {
    const read = () => readConfig(z.object(kafkaVariables), { KAFKA_BROKERS: 'a:9092', ...env }, kafkaRules)
    if (words === undefined) expect(problemsOf(read)).toEqual([])
    else expect(problemsOf(read).join()).toMatch(words)
  })

  it('of mail: half a signature', () => {
    const read = (env: Record<string, string>) =>
      problemsOf(() => readConfig(z.object(mailVariables), { SMTP_URL: 'smtp://mail:25', ...env }, mailRules))
    expect(read({})).toEqual([])
    expect(read({ SMTP_DKIM_SELECTOR: 'bina' }).join()).toContain('set all three, or none')
  })
})
