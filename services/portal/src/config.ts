import { type ConfigRule, metaOf, readConfig, variable } from '@bina/runtime/config'
import { kafkaRules, twoPorts, under } from '@bina/runtime/config-rules'
import {
  cityVariables,
  clickHouseVariables,
  kafkaVariables,
  linkVariables,
  mailVariables,
  operationsVariables,
  wholeNumber,
} from '@bina/runtime/variables'
import { z } from 'zod'

/** The portal is nothing without its links: what is optional elsewhere is needed here. */
const needed = <S extends z.ZodType>(schema: z.ZodOptional<S>): S => variable(schema.unwrap(), metaOf(schema))

const proxies = z.string().transform((text) => text.split(',').map((part) => part.trim()))

export const portalVariables = z.object({
  ...kafkaVariables,
  ...clickHouseVariables,
  ...operationsVariables,
  ...cityVariables,
  MAIL_FROM: mailVariables.MAIL_FROM,
  MAIL_REPLY_TO: mailVariables.MAIL_REPLY_TO,
  PUBLIC_URL: needed(linkVariables.PUBLIC_URL),
  REPORT_LINK_SECRET: needed(linkVariables.REPORT_LINK_SECRET),
  REPORT_LINK_SECRET_PREVIOUS: variable(linkVariables.REPORT_LINK_SECRET, {
    summary:
      'The secret before the current one: links that it signed work on. Take it away six weeks after the change.',
    example: 'CHANGEME',
    secret: true,
  }),
  PORTAL_HOST: variable(z.string().min(1).default('127.0.0.1'), {
    summary: 'Address on which the pages are served; loopback unless told otherwise. Put TLS in front of it.',
    example: '0.0.0.0',
  }),
  PORTAL_PORT: variable(wholeNumber(0, 65_535).default(8090), {
    summary: 'Port of the same; 0 takes a free one and logs it.',
    example: '8090',
  }),
  PORTAL_TRUSTED_PROXIES: variable(proxies.optional(), {
    summary:
      'Addresses or networks of the proxies before it, separated by commas: from them alone X-Forwarded-For tells who asks.',
    example: '10.0.0.0/8',
  }),
  PORTAL_REQUESTS_A_MINUTE: variable(wholeNumber(10, 100_000).default(120), {
    summary: 'Requests that one address may make in a minute; an office often has one address for all.',
    example: '120',
  }),
  PORTAL_PUBLISH_TIMEOUT_MS: variable(wholeNumber(100, 120_000).default(10_000), {
    summary:
      "How long a pressed button waits for Kafka's acknowledgement before the page says to try again, in milliseconds.",
    example: '10000',
  }),
})

export type PortalConfig = z.infer<typeof portalVariables>

const rules: readonly ConfigRule<PortalConfig>[] = [
  ...kafkaRules,
  under(
    'PORTAL_PUBLISH_TIMEOUT_MS',
    'SHUTDOWN_TIMEOUT_MS',
    'a stopping portal would end before the buttons that were pressed are answered',
  ),
  twoPorts('PORTAL_PORT', 'OPERATIONS_PORT'),
  ({ REPORT_LINK_SECRET: secret, REPORT_LINK_SECRET_PREVIOUS: previous }) =>
    secret === previous
      ? 'REPORT_LINK_SECRET_PREVIOUS is the same as REPORT_LINK_SECRET: then it was not changed. Set the one before there, or nothing.'
      : undefined,
]

export const readPortalConfig = (env: NodeJS.ProcessEnv): Readonly<PortalConfig> =>
  readConfig(portalVariables, env, rules)
