import { deskVariables } from '@bina/report-cron/config'
import { metaOf, readConfig, variable } from '@bina/runtime/config'
import { mailVariables } from '@bina/runtime/variables'
import { z } from 'zod'
import type { CommandContext } from '../context.ts'
import { environmentWithStack } from '../variables.ts'

// A report can be looked at without a mail server.
const variables = z.object({
  ...mailVariables,
  ...deskVariables,
  SMTP_URL: variable(mailVariables.SMTP_URL.optional(), metaOf(mailVariables.SMTP_URL)),
})

/** What reports say of sender and time, and when they wait for approval, as report-cron reads it. */
export const readReportVariables = ({ env }: CommandContext) => readConfig(variables, environmentWithStack(env))
