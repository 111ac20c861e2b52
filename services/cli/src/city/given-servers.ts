import { resolve } from 'node:path'
import { type Environment, metaOf } from '@bina/runtime/config'
import {
  cityVariables,
  clickHouseVariables,
  kafkaVariables,
  linkVariables,
  mailVariables,
} from '@bina/runtime/variables'
import type { z } from 'zod'

const { BINA_TIMEZONE, BINA_CITY_PROFILE } = cityVariables
const groups: readonly { readonly address?: string; readonly variables: Readonly<Record<string, z.ZodType>> }[] = [
  { variables: { BINA_TIMEZONE, BINA_CITY_PROFILE } },
  { address: 'KAFKA_BROKERS', variables: kafkaVariables },
  { address: 'CLICKHOUSE_URL', variables: clickHouseVariables },
  { address: 'SMTP_URL', variables: mailVariables },
  { address: 'PUBLIC_URL', variables: linkVariables },
]

/**
 * What another shell needs to find the servers that `up` was given: their addresses and how to talk to them. No password: of a secret
 * only the file is remembered that holds it, and an address with a password in it is not remembered at all.
 */
export function givenServers(env: Environment): Readonly<Record<string, string>> {
  const given: Record<string, string> = {}
  for (const [name, schema] of groups.flatMap(({ variables }) => Object.entries(variables))) {
    const value = env[name]
    const file = env[`${name}_FILE`]
    if (value !== undefined && value !== '') {
      const mayBeTold = URL.canParse(value) ? new URL(value).password === '' : !metaOf(schema).secret
      if (mayBeTold) given[name] = name.endsWith('_FILE') ? resolve(value) : value
    } else if (file !== undefined && file !== '' && metaOf(schema).secret) given[`${name}_FILE`] = resolve(file)
  }
  return given
}

/** Without what belongs to a server whose address `env` names itself: how to talk to one says nothing of another. */
export function givenBeside(
  env: Environment,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const named = groups.filter(({ address }) => address !== undefined && env[address])
  const theirs = new Set(named.flatMap(({ variables }) => Object.keys(variables)))
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !theirs.has(name) && !theirs.has(name.replace(/_FILE$/, ''))),
  )
}
