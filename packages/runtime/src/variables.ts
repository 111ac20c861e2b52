import { z } from 'zod'
import { variable } from './config.ts'

// Every variable that more than one process reads, in groups. What a process reads alone stands in its own config.ts.

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).transform((text) => text === 'true')

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'expected a whole number' })
    .int(`expected a whole number from ${min} to ${max}`)
    .min(min, `expected a whole number from ${min} to ${max}`)
    .max(max, `expected a whole number from ${min} to ${max}`)

export { flag, wholeNumber }

const timeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return /^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)
    } catch {
      return false
    }
  },
  { error: 'expected the name of a time zone of the IANA database' },
)

export const cityVariables = {
  BINA_TIMEZONE: variable(timeZone.default('Asia/Jakarta'), {
    summary: 'Zone in which the city counts its days and weeks.',
    example: 'Asia/Jakarta',
  }),
  BINA_CITY_PROFILE: variable(z.string().min(1).default('office_5d'), {
    summary: "Working-time profile of the policy by which the citizen's deadlines are counted.",
    example: 'office_5d',
  }),
  BINA_POLICY_DIR: variable(z.string().min(1).default('policy'), {
    summary: 'Folder of the dated rules.',
    example: 'policy',
  }),
}

export const kafkaVariables = {
  KAFKA_BROKERS: variable(
    z
      .string({ error: 'expected host:port, several separated by commas' })
      .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'expected host:port, several separated by commas')
      .transform((text) => text.split(',')),
    { summary: 'Kafka brokers to ask first.', example: 'kafka-1:9092,kafka-2:9092' },
  ),
  KAFKA_TOPIC_PREFIX: variable(
    z
      .string()
      .regex(/^[a-zA-Z0-9._-]*$/, 'expected letters, digits, dot, underscore or hyphen')
      .default(''),
    {
      summary: 'Put before every topic and consumer group, where a cluster is shared.',
      example: 'palembang.',
    },
  ),
  KAFKA_TLS: variable(flag.default(false), { summary: 'Speak TLS to the brokers.', example: 'true' }),
  KAFKA_TLS_CA_FILE: variable(z.string().optional(), {
    summary: "File with the certificate authority that signed the brokers' certificates, where it is not a public one.",
    example: '/run/secrets/kafka-ca.pem',
  }),
  KAFKA_SASL_MECHANISM: variable(
    z
      .enum(['plain', 'scram-sha-256', 'scram-sha-512'], { error: 'expected plain, scram-sha-256 or scram-sha-512' })
      .optional(),
    { summary: 'How to log in to the brokers; without it nobody logs in.', example: 'scram-sha-512' },
  ),
  KAFKA_SASL_USERNAME: variable(z.string().optional(), { summary: 'User at the brokers.', example: 'bina' }),
  KAFKA_SASL_PASSWORD: variable(z.string().optional(), {
    summary: 'Password at the brokers.',
    example: 'CHANGEME',
    secret: true,
  }),
}

export const consumerVariables = {
  CONSUMER_STALL_EXIT_MS: variable(wholeNumber(20_000, 3_600_000).default(120_000), {
    summary:
      'How long nothing may be read and committed though there is something to read, and neither Kafka nor ClickHouse is away, before the process ends so that another takes over, in milliseconds; from 20000 on, since nothing shorter is called a stall.',
    example: '120000',
  }),
}

/** How long what comes is gathered before it is worked off. @param what waits, as in "a message" */
export const gathering = (usualMs: number, what: string) =>
  variable(wholeNumber(1, 10_000).default(usualMs), {
    summary: `Longest time that ${what}, in milliseconds; up to 10000, since /readyz calls 20 s without progress a stall.`,
    example: String(usualMs),
  })

export const clickHouseVariables = {
  CLICKHOUSE_URL: variable(
    z
      .string({ error: 'expected an http or https address with a database as its path' })
      .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
        error: 'expected an http or https address with a database as its path',
      }),
    {
      summary: 'ClickHouse over HTTP; the path is the database (bina when empty).',
      example: 'http://clickhouse:8123/bina',
    },
  ),
  CLICKHOUSE_USER: variable(z.string().min(1).default('default'), {
    summary: 'User at ClickHouse.',
    example: 'bina_write',
  }),
  CLICKHOUSE_PASSWORD: variable(z.string().default(''), {
    summary: 'Password at ClickHouse.',
    example: 'CHANGEME',
    secret: true,
  }),
}

export const operationsVariables = {
  OPERATIONS_HOST: variable(z.string().min(1).default('127.0.0.1'), {
    summary: 'Address on which /livez, /readyz, /metrics and /version answer; loopback unless told otherwise.',
    example: '0.0.0.0',
  }),
  OPERATIONS_PORT: variable(wholeNumber(0, 65_535).default(0), {
    summary: 'Port of the same; 0 takes a free one and logs it.',
    example: '9100',
  }),
  LOG_LEVEL: variable(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'expected trace, debug, info, warn, error, fatal or silent',
      })
      .default('info'),
    { summary: 'Least severity that is logged; error means that someone must act now.', example: 'info' },
  ),
  SHUTDOWN_TIMEOUT_MS: variable(wholeNumber(5_000, 600_000).default(20_000), {
    summary:
      'How long a stopping process may take to finish its work, in milliseconds; from 5000 on, since what it has in hand must be stored, and its place given up.',
    example: '20000',
  }),
}

// No wider than what the mailer takes: a wrong sender is to be told at the start and not on Monday at six.
const word = String.raw`[^\s<>()[\]\\,;:"@.\p{Cc}]+`
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?`
const address = String.raw`${word}(?:\.${word})*@${label}(?:\.${label})*`
const mailAddress = z
  .string()
  .regex(
    new RegExp(String.raw`^(?:[^<>\p{Cc}]*<${address}>|${address})$`, 'u'),
    'expected one mail address, with or without a name before it, and no spaces around it',
  )

export const mailVariables = {
  SMTP_URL: variable(
    z
      .string({ error: 'expected an smtp or smtps address' })
      .refine((text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol), {
        error: 'expected an smtp or smtps address',
      }),
    {
      summary: 'Mail server, with user and password where it wants them.',
      example: 'smtp://user:CHANGEME@mail.example:587',
      secret: true,
    },
  ),
  SMTP_TLS: variable(
    z.enum(['required', 'if_offered', 'off'], { error: 'expected required, if_offered or off' }).optional(),
    {
      summary: 'Whether the mail server must speak TLS: required, but off for one on this machine, when not set.',
      example: 'required',
    },
  ),
  SMTP_MAX_CONNECTIONS: variable(wholeNumber(1, 20).default(1), {
    summary:
      'Mails that are on their way at once; after a crash as many may leave a second time, under the same Message-ID.',
    example: '1',
  }),
  SMTP_MAILS_PER_SECOND: variable(wholeNumber(0, 1_000).default(20), {
    summary: 'Mails that leave in a second at most; 0 sets no limit.',
    example: '20',
  }),
  SMTP_MAILS_PER_DOMAIN_MINUTE: variable(wholeNumber(0, 100_000).default(0), {
    summary: 'Mails that leave for one domain in a minute at most, in even steps; 0 sets no limit.',
    example: '120',
  }),
  SMTP_DKIM_DOMAIN: variable(
    z
      .string()
      .regex(/^[a-z0-9.-]+$/i, 'expected a domain')
      .optional(),
    {
      summary: 'Domain that signs the mails by DKIM; with SMTP_DKIM_SELECTOR and SMTP_DKIM_KEY, or not at all.',
      example: 'palembang.example',
    },
  ),
  SMTP_DKIM_SELECTOR: variable(
    z
      .string()
      .regex(/^[a-z0-9._-]+$/i, 'expected letters, digits, dots and hyphens')
      .optional(),
    {
      summary: 'Names the public key at SELECTOR._domainkey.DOMAIN.',
      example: 'bina',
    },
  ),
  SMTP_DKIM_KEY: variable(
    z
      .string()
      .regex(/^-----BEGIN (RSA )?PRIVATE KEY-----/, 'expected a private key as PEM')
      .optional(),
    { summary: 'Private key that signs, as PEM; best read from a file.', example: 'CHANGEME', secret: true },
  ),
  OPERATOR_EMAIL: variable(mailAddress.optional(), {
    summary: 'Who is told by mail when reports were held back or did not arrive; without it the log alone says so.',
    example: 'operator@palembang.example',
  }),
  OPERATOR_LOCALE: variable(z.enum(['id', 'en'], { error: 'expected id or en' }).default('id'), {
    summary: 'Language of these notices.',
    example: 'id',
  }),
  MAIL_FROM: variable(mailAddress.default('Bina <bina@localhost>'), {
    summary: 'Sender of the reports.',
    example: 'Bina Palembang <bina@palembang.example>',
  }),
  MAIL_REPLY_TO: variable(mailAddress.optional(), {
    summary: 'Where objections and questions go; the sender when empty.',
    example: 'organisasi@palembang.example',
  }),
}

const linkSecret = z
  .string({ error: 'expected at least 32 characters' })
  .min(32, 'expected at least 32 characters')
  .regex(/^\S+$/, 'expected no spaces in it')

const publicUrlWanted = 'expected the http or https address of the portal, with no query and no user in it'

export const linkVariables = {
  PUBLIC_URL: variable(
    z.string({ error: publicUrlWanted }).refine(isPublicUrl, { error: publicUrlWanted }).optional(),
    {
      summary:
        'Address of the portal as readers of the reports reach it; without it, or without REPORT_LINK_SECRET, reports have no links.',
      example: 'https://bina.palembang.example',
    },
  ),
  REPORT_LINK_SECRET: variable(linkSecret.optional(), {
    summary:
      'Signs the links of the reports, at least 32 characters (openssl rand -hex 32); the same for report-cron and portal.',
    example: 'CHANGEME',
    secret: true,
  }),
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '')
}
