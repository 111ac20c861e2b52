import type { ActionLibrary } from './action-library.ts'
import type { Count } from './count.ts'
import { createFormats, type Formats } from './formats.ts'
import type { Messages } from './messages/id.ts'
import { messagesFor } from './messages/messages-for.ts'
import type { ReportInput } from './report-input.ts'

/** What every section is made with: the input, the city's steps, and the words and numbers of its language. */
export interface ReportContext {
  readonly input: ReportInput
  readonly library: ActionLibrary
  readonly messages: Messages
  readonly formats: Formats
  count(value: number): Count
}

export function reportContext(input: ReportInput, library: ActionLibrary): ReportContext {
  const formats = createFormats(input.unit.locale, input.unit.zone)
  return {
    input,
    library,
    messages: messagesFor(input.unit.locale),
    formats,
    count: (value) => ({ value, text: formats.number(Math.round(value)) }),
  }
}
