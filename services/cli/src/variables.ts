import { type Environment, readConfig, variable } from '@bina/runtime/config'
import { cityVariables, clickHouseVariables, kafkaVariables, mailVariables } from '@bina/runtime/variables'
import { z } from 'zod'
import { givenBeside } from './city/given-servers.ts'
import { stackFileOf } from './city/stack-file.ts'
import { CommandError } from './command-error.ts'

export const dataDirVariables = {
  BINA_DATA_DIR: variable(z.string().min(1).default('.bina'), {
    summary: 'Folder of the embedded servers, their mails and logs; for the demo, development and tests.',
    example: '.bina',
  }),
}

export const serverVariables = z.object({
  ...dataDirVariables,
  ...cityVariables,
  ...kafkaVariables,
  ...clickHouseVariables,
})
export type ServerConfig = z.infer<typeof serverVariables>

export const dataDirOf = (env: Environment): string => readConfig(z.object(dataDirVariables), env).BINA_DATA_DIR

/** The environment, completed with the addresses of the stack that `bina up` runs, where it names none itself. */
export function environmentWithStack(env: Environment): Environment {
  const stack = stackFileOf(dataDirOf(env)).read()
  return {
    ...givenBeside(env, stack?.given ?? {}),
    ...stack?.environment,
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== '')),
  }
}

/** Kafka and ClickHouse to work with: the environment's, else those of the running stack. */
export function readServers(env: Environment): Readonly<ServerConfig> {
  const complete = environmentWithStack(env)
  if (complete.KAFKA_BROKERS === undefined || complete.CLICKHOUSE_URL === undefined) {
    throw new CommandError(
      'No servers are known: nothing runs here, and KAFKA_BROKERS and CLICKHOUSE_URL are not both set.',
      1,
      {
        code: 'no_servers',
        hint: 'Start the local ones with: npx bina up',
      },
    )
  }
  return readConfig(serverVariables, complete)
}

export const readMail = (env: Environment) => readConfig(z.object(mailVariables), environmentWithStack(env))
