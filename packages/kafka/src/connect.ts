import { readFileSync } from 'node:fs'
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs'
import { registerCodecs } from './codecs.ts'
import type { KafkaLog } from './kafka-log.ts'
import { refuseLeap } from './out-of-range.ts'
import { registerOutdatedFetch } from './outdated-fetch.ts'
import { registerQuickFetch } from './quick-fetch.ts'
import { wholeFrameSockets } from './whole-frames.ts'

export type { Kafka } from 'kafkajs'

export interface KafkaSettings {
  readonly brokers: readonly string[]
  readonly clientId: string
  /** How often a request is tried again; 8 when absent, which takes a quarter of a minute to give up. */
  readonly retries?: number | undefined
  readonly tls?: boolean | undefined
  readonly tlsCaFile?: string | undefined
  readonly sasl?:
    | {
        readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
        readonly username: string
        readonly password: string
      }
    | undefined
}

/** A client of the brokers. Nothing is sent before a producer, a consumer or an admin connects. */
export function connectKafka(settings: KafkaSettings, deps: { readonly log: KafkaLog }): Kafka {
  registerCodecs()
  registerQuickFetch()
  registerOutdatedFetch()
  const { logLevel } = kafkajs
  const levels: Record<number, 'error' | 'warn' | 'info' | 'debug'> = {
    [logLevel.ERROR]: 'warn', // kafkajs calls an error what it then heals itself; what it cannot heal reaches us as a crash
    [logLevel.WARN]: 'warn',
    [logLevel.INFO]: 'debug',
    [logLevel.DEBUG]: 'debug',
  }
  const config: KafkaConfig = {
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    retry: { initialRetryTime: 100, retries: settings.retries ?? 8, maxRetryTime: 5_000 },
    socketFactory: wholeFrameSockets,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      refuseLeap(entry)
      const { message, timestamp: _, logger: __, ...context } = entry.log
      deps.log[levels[entry.level] ?? 'debug']({ ...context, part: entry.namespace }, message)
    },
  }
  if (settings.tls === true) {
    config.ssl = settings.tlsCaFile === undefined ? true : { ca: [readFileSync(settings.tlsCaFile, 'utf8')] }
  }
  if (settings.sasl !== undefined) config.sasl = { ...settings.sasl } as SASLOptions
  return new kafkajs.Kafka(config)
}
