import type { z } from 'zod'
import type { ConfigRule } from './config.ts'
import type { kafkaVariables, mailVariables } from './variables.ts'

// Combinations of values that are each right alone. What only one process reads has its rules beside it.

type Values<S extends z.ZodRawShape> = z.infer<z.ZodObject<S>>

/** One number must be less than another; `otherwise` says what would happen. */
export function under<Small extends string, Large extends string>(small: Small, large: Large, otherwise: string) {
  return (config: Readonly<Record<Small | Large, number>>): string | undefined =>
    config[small] < config[large]
      ? undefined
      : `${small} (${config[small]}) must be less than ${large} (${config[large]}): ${otherwise}. Set ${small} to less than ${config[large]}, or ${large} to more than ${config[small]}.`
}

/** The watch over progress must outlast the group's own way of finding a member dead: nobody reads its partitions meanwhile. */
export const outlastsSession = <Session extends string>(session: Session) =>
  under(session, 'CONSUMER_STALL_EXIT_MS', 'workers would end while their group waits for one that died')

/** Two ports of one process must differ; 0 takes a free one. */
export function twoPorts<One extends string, Other extends string>(one: One, other: Other) {
  return (config: Readonly<Record<One | Other, number>>): string | undefined =>
    config[one] === config[other] && Number(config[one]) !== 0
      ? `${one} and ${other} are both ${config[one]}. Set ${other} to another port, or to 0, which takes a free one.`
      : undefined
}

export const kafkaRules: readonly ConfigRule<Values<typeof kafkaVariables>>[] = [
  (config) =>
    config.KAFKA_SASL_MECHANISM !== undefined &&
    (config.KAFKA_SASL_USERNAME === undefined || config.KAFKA_SASL_PASSWORD === undefined)
      ? 'KAFKA_SASL_MECHANISM is set, so KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD must be set too. Example: KAFKA_SASL_USERNAME=bina'
      : undefined,
  (config) =>
    config.KAFKA_SASL_MECHANISM === undefined &&
    (config.KAFKA_SASL_USERNAME !== undefined || config.KAFKA_SASL_PASSWORD !== undefined)
      ? 'KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is set without KAFKA_SASL_MECHANISM: nobody would log in with them. Example: KAFKA_SASL_MECHANISM=scram-sha-512'
      : undefined,
  (config) =>
    config.KAFKA_TLS_CA_FILE !== undefined && !config.KAFKA_TLS
      ? 'KAFKA_TLS_CA_FILE is set and KAFKA_TLS is not: everything would go unencrypted. Set KAFKA_TLS=true, or no KAFKA_TLS_CA_FILE.'
      : undefined,
]

export const mailRules: readonly ConfigRule<Values<typeof mailVariables>>[] = [
  ({ SMTP_DKIM_DOMAIN: domain, SMTP_DKIM_SELECTOR: selector, SMTP_DKIM_KEY: key }) => {
    const set = [domain, selector, key].filter((part) => part !== undefined).length
    return set === 0 || set === 3
      ? undefined
      : 'SMTP_DKIM_DOMAIN, SMTP_DKIM_SELECTOR and SMTP_DKIM_KEY go together: set all three, or none. Example: SMTP_DKIM_SELECTOR=bina'
  },
]
