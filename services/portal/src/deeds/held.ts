import { dayChoice } from './day-choice.ts'
import type { DeedKind } from './deed.ts'
import { itemIdOf, portalEvent } from './portal-event.ts'

/** The superior has coached the unit; from the superior's link alone (reading 43). */
export const held: DeedKind<'held'> = {
  words: (_, { words }) => ({
    title: words.held.title,
    lead: [words.held.lead],
    button: words.held.button,
    notes: [words.again, words.noName],
    thanks: { title: words.held.thanksTitle, text: [words.held.thanks] },
  }),
  choice: (_, context) => dayChoice(context.words.held.legend, context.words.held.missing, context),
  deed: ({ unitId, week, coachUnitId, topicCode, ...claim }, day, { zone }) => {
    const coachingId = claim.coachingId ?? itemIdOf('session', unitId, week, coachUnitId)
    const event = portalEvent(
      'bina.coaching.held.v1',
      { unitId, itemId: coachingId, day, zone },
      { coachingId, unitId, coachUnitId, topicCode },
    )
    return { kind: 'event', event }
  },
}
