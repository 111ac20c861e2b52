import { linkedCell } from '../linked-cell.ts'
import { plainLine } from '../plain-line.ts'
import type { ReportContext } from '../report-context.ts'
import type { Section } from '../view-model.ts'

export function rightsSection({ input, messages, formats }: ReportContext): Section {
  const { rights } = messages
  const object = linkedCell(rights.object, input.links?.object)
  const hasButton = typeof object !== 'string'
  const say = hasButton ? rights.objectionByLink : rights.objection
  return {
    id: 'rights',
    heading: rights.heading,
    blocks: [
      { kind: 'paragraph', tone: 'plain', text: say(formats.date(input.objectionUntil), plainLine(input.contact)) },
      ...(hasButton ? [{ kind: 'button' as const, ...object }] : []),
    ],
  }
}

/** In the superior's copy alone, as only there the link is (reading 43). */
export function superiorSection({ input, messages }: ReportContext): readonly Section[] {
  const held = linkedCell(messages.superior.held, input.links?.held)
  if (typeof held === 'string') return []
  return [
    {
      id: 'superior',
      heading: messages.superior.heading,
      blocks: [
        { kind: 'paragraph', tone: 'plain', text: messages.superior.text },
        { kind: 'button', ...held },
      ],
    },
  ]
}
