import { variable } from '@bina/runtime/config'
import { z } from 'zod'

const secret = z.string({ error: 'expected a password' }).min(1)

/** What docker-compose.yml alone reads, beside the variables that it passes on to the services. */
export const composeVariables = z.object({
  CLICKHOUSE_PORTAL_PASSWORD: variable(secret, {
    summary:
      'Password of the user bina_portal: reads the names of units, writes what recipients chose, and nothing else.',
    example: 'CHANGEME',
    secret: true,
  }),
  CLICKHOUSE_OPS_PASSWORD: variable(secret, {
    summary: 'Password of the user ops (role ops_read): unit figures, no person, no attendance event.',
    example: 'CHANGEME',
    secret: true,
  }),
  CLICKHOUSE_HR_PASSWORD: variable(secret, {
    summary: 'Password of the user hr (role hr_read): what ops reads, and person-days and attendance events.',
    example: 'CHANGEME',
    secret: true,
  }),
  CLICKHOUSE_INSPECTORATE_PASSWORD: variable(secret, {
    summary:
      'Password of the user inspectorate (role inspectorate_read): ids of severe complaints and of the units concerned.',
    example: 'CHANGEME',
    secret: true,
  }),
  CLICKHOUSE_RAW_PASSWORD: variable(secret, {
    summary: 'Password of the user raw (role raw_read): the original bytes of dead letters.',
    example: 'CHANGEME',
    secret: true,
  }),
  INGEST_PUBLISHED_PORT: variable(z.string().default('8080'), {
    summary: 'Port on 127.0.0.1 at which ingest-api takes events.',
    example: '8080',
  }),
  PORTAL_PUBLISHED_PORT: variable(z.string().default('8090'), {
    summary: 'Port on 127.0.0.1 at which the pages behind the links of the reports are served.',
    example: '8090',
  }),
  MAILPIT_PUBLISHED_PORT: variable(z.string().default('8025'), {
    summary: 'Port on 127.0.0.1 at which the mails can be read in a browser.',
    example: '8025',
  }),
  PROMETHEUS_PUBLISHED_PORT: variable(z.string().default('9090'), {
    summary: 'Port on 127.0.0.1 at which metrics and alerts can be looked at, where the profile metrics runs.',
    example: '9090',
  }),
})
