import type { ReportLocale } from '../report-input.ts'
import { en } from './en.ts'
import { id, type Messages } from './id.ts'

const MESSAGES: Record<ReportLocale, Messages> = { id, en }

export function messagesFor(locale: ReportLocale): Messages {
  return MESSAGES[locale]
}
