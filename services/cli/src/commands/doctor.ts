import { readConfig } from '@bina/runtime/config'
import {
  cityVariables,
  clickHouseVariables,
  kafkaVariables,
  linkVariables,
  mailVariables,
} from '@bina/runtime/variables'
import { z } from 'zod'
import { stackFileOf } from '../city/stack-file.ts'
import { CommandError } from '../command-error.ts'
import type { CommandContext } from '../context.ts'
import { type Check, configured, warn } from '../doctor/check.ts'
import { policyChecks, zoneCheck } from '../doctor/city-checks.ts'
import { clickHouseChecks } from '../doctor/clickhouse-checks.ts'
import { kafkaChecks } from '../doctor/kafka-checks.ts'
import { linkChecks } from '../doctor/link-checks.ts'
import { machineChecks } from '../doctor/machine-checks.ts'
import { mailChecks } from '../doctor/mail-checks.ts'
import { serviceChecks } from '../doctor/service-checks.ts'
import { dataDirOf, environmentWithStack } from '../variables.ts'

/** Looks at everything that Bina stands on and says of each part whether it is well, and if not, what to type next. */
export async function doctor(context: CommandContext): Promise<void> {
  const checks = await allChecks(context)
  const width = Math.max(...checks.map(({ name }) => name.length))
  for (const { name, verdict, message, next } of checks) {
    context.say(`${verdict.padEnd(4)}  ${name.padEnd(width)}  ${message}`)
    if (next !== undefined) context.say(`${' '.repeat(width + 8)}${next}`)
  }
  const broken = checks.filter(({ verdict }) => verdict === 'fail').length
  context.answer({ healthy: broken === 0, checks })
  if (broken > 0) throw new CommandError(`${broken} of ${checks.length} checks failed.`)
}

async function allChecks(context: CommandContext): Promise<readonly Check[]> {
  const dataDir = dataDirOf(context.env)
  const env = environmentWithStack(context.env)
  const stack = stackFileOf(dataDir).read()
  const nowMs = Date.now()
  const part = <S extends z.ZodRawShape>(shape: S, known: boolean) =>
    known ? configured(() => readConfig(z.object(shape), env)) : { config: undefined, problems: [] }
  const isSet = (name: string) => Boolean(env[name]) || Boolean(env[`${name}_FILE`])

  const city = part(cityVariables, true)
  const kafka = part(kafkaVariables, isSet('KAFKA_BROKERS'))
  const clickhouse = part(clickHouseVariables, isSet('CLICKHOUSE_URL'))
  const links = part(linkVariables, true)
  const mail = part(mailVariables, isSet('SMTP_URL'))
  const {
    BINA_TIMEZONE: zone = 'Asia/Jakarta',
    BINA_POLICY_DIR: policyDir,
    BINA_CITY_PROFILE: profile,
  } = city.config ?? {}

  const groups = await Promise.all([
    [...city.problems, ...kafka.problems, ...clickhouse.problems, ...mail.problems, ...links.problems],
    machineChecks({ dataDir, localKafka: !isSet('KAFKA_BROKERS'), localClickHouse: !isSet('CLICKHOUSE_URL') }),
    city.config === undefined ? [] : [zoneCheck(zone, nowMs)],
    policyDir === undefined || profile === undefined ? [] : policyChecks({ policyDir, profile, zone }, nowMs),
    isSet('KAFKA_BROKERS') ? [] : [unknown('kafka', 'No Kafka is known', 'KAFKA_BROKERS=host:9092')],
    kafka.config === undefined ? [] : kafkaChecks(kafka.config),
    isSet('CLICKHOUSE_URL')
      ? []
      : [unknown('clickhouse', 'No ClickHouse is known', 'CLICKHOUSE_URL=http://host:8123/bina')],
    clickhouse.config === undefined ? [] : clickHouseChecks(clickhouse.config, zone),
    mail.problems.length > 0 ? [] : mailChecks(mail.config?.SMTP_URL, mail.config?.SMTP_TLS),
    links.config === undefined ? [] : linkChecks(links.config),
    serviceChecks(stack),
  ])
  return groups.flat()
}

const unknown = (name: string, message: string, example: string): Check =>
  warn(
    name,
    `${message}: nothing runs here and none is named.`,
    `Start a local one with: npx bina up. Or name yours: ${example}`,
  )
