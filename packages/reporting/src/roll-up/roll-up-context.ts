import { isoWeekName } from '@bina/domain/week'
import type { ReportedArea, ReportFrame } from '../area-report-input.ts'
import type { Count } from '../count.ts'
import { createFormats, type Formats } from '../formats.ts'
import type { Messages } from '../messages/id.ts'
import { messagesFor } from '../messages/messages-for.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportLocale } from '../report-input.ts'
import type { Section } from '../view-model.ts'
import { en } from './messages-en.ts'
import { id, type RollUpMessages } from './messages-id.ts'

const WORDS: Record<ReportLocale, RollUpMessages> = { id, en }

/** What every section of a roll-up is made with: its words, those that units' reports have too, and numbers and dates of one language. */
export interface RollUpContext {
  readonly locale: ReportLocale
  readonly words: RollUpMessages
  readonly messages: Messages
  readonly formats: Formats
  count(value: number): Count
}

export function rollUpContext({ locale, zone }: Pick<ReportedArea, 'locale' | 'zone'>): RollUpContext {
  const formats = createFormats(locale, zone)
  return {
    locale,
    words: WORDS[locale],
    messages: messagesFor(locale),
    formats,
    count: (value) => ({ value, text: formats.number(Math.round(value)) }),
  }
}

/** What the figures rest on: the week, until when the data are complete, and which rules made them. */
export function frameSection(frame: ReportFrame, { words, messages, formats }: RollUpContext): Section {
  const { figures } = messages
  return {
    id: 'frame',
    heading: words.frame.heading,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: figures.periodLabel, text: `${isoWeekName(frame.week)} (${formats.week(frame.week)})` },
          { label: figures.completeLabel, text: formats.instant(frame.dataCompleteUntilMs) },
          { label: words.frame.statusLabel, text: frame.status === 'final' ? figures.final : figures.provisional },
          { label: figures.nextLabel, text: formats.instant(frame.nextRunMs) },
          { label: figures.policyLabel, text: plainLine(frame.policyVersion) },
        ],
      },
    ],
  }
}

export function rightsSection(frame: ReportFrame, { words, formats }: RollUpContext): Section {
  const text = words.rights.text(formats.date(frame.objectionUntil), plainLine(frame.contact))
  return { id: 'rights', heading: words.rights.heading, blocks: [{ kind: 'paragraph', tone: 'plain', text }] }
}
