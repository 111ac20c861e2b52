import { dayChoice } from './day-choice.ts'
import type { DeedKind } from './deed.ts'
import { portalEvent } from './portal-event.ts'

/** An agreed step is done. */
export const done: DeedKind<'done'> = {
  words: ({ actionCode }, { words, stepText }) => ({
    title: words.done.title,
    lead: [words.done.lead],
    step: { label: words.stepLabel, text: stepText(actionCode) },
    button: words.done.button,
    notes: [words.again, words.noName],
    thanks: { title: words.done.thanksTitle, text: [words.done.thanks] },
  }),
  choice: (_, context) => dayChoice(context.words.done.legend, context.words.done.missing, context),
  deed: ({ unitId, actionId }, day, { zone }) => ({
    kind: 'event',
    event: portalEvent('bina.coaching.action-done.v1', { unitId, itemId: actionId, day, zone }, { actionId, unitId }),
  }),
}
