import type { DeedKind } from './deed.ts'
import { itemIdOf, portalEvent } from './portal-event.ts'

/** Stands for the whole week; no measure has this name. */
const whole = 'all'

/** The unit objects to a figure of the week, or to all of it; while five working days from the mail last. */
export const object: DeedKind<'object'> = {
  words: ({ openUntil }, { words, formats }) => ({
    title: words.object.title,
    lead: [words.object.lead, words.object.until(formats.date(openUntil))],
    button: words.object.button,
    notes: [words.again, words.noName],
    thanks: { title: words.object.thanksTitle, text: [words.object.thanks] },
  }),
  closed: ({ openUntil }, { today, words, formats }) =>
    today <= openUntil
      ? undefined
      : { title: words.object.closedTitle, text: words.object.closed(formats.date(openUntil)) },
  choice: (_, { words: { object: words } }) => ({
    name: 'measure',
    legend: words.legend,
    hint: words.hint,
    missing: words.missing,
    options: [
      { value: whole, text: words.whole },
      ...Object.entries(words.measures).map(([value, text]) => ({ value, text })),
    ],
  }),
  deed: ({ unitId, week }, chosen, { today: day, zone }) => {
    const objectionId = itemIdOf('objection', unitId, week, chosen)
    const measure = chosen === whole ? {} : { measure: chosen }
    const event = portalEvent(
      'bina.coaching.objected.v1',
      { unitId, itemId: objectionId, day, zone },
      { objectionId, unitId, week, ...measure },
    )
    return { kind: 'event', event }
  },
}
