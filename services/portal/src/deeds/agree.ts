import { addDays } from '@bina/domain/plain-date'
import type { LinkClaim } from '@bina/pipeline/links/link-claim'
import type { DeedKind } from './deed.ts'
import { itemIdOf, portalEvent } from './portal-event.ts'

// Whoever is late may still say that it is done.
const daysToTell = 28

/** The unit agrees on the step that its report suggests. */
export const agree: DeedKind<'agree'> = {
  words: ({ actionCode, dueOn }, { words, formats, stepText }) => ({
    title: words.agree.title,
    lead: [words.agree.lead],
    step: { label: words.stepLabel, text: stepText(actionCode), due: words.stepDue(formats.date(dueOn)) },
    button: words.agree.button,
    notes: [words.again, words.noName, words.noSanction],
    thanks: { title: words.agree.thanksTitle, text: [words.agree.thanks] },
  }),
  // An action that is agreed on after its date could only ever be late.
  closed: ({ dueOn }, { today, words, formats }) =>
    today <= dueOn ? undefined : { title: words.agree.tooLateTitle, text: words.agree.tooLate(formats.date(dueOn)) },
  deed: (claim, _, { today: day, zone }) => {
    const { unitId, actionCode, dueOn } = claim
    const actionId = actionIdOf(claim)
    const event = portalEvent(
      'bina.coaching.action-agreed.v1',
      { unitId, itemId: actionId, day, zone },
      { actionId, unitId, actionCode, dueOn },
    )
    return { kind: 'event', event }
  },
  next: (claim, { words }) => {
    const { actionCode, dueOn, week, reader, unitId, recipient, locale } = claim
    const expiresOn = addDays(dueOn, daysToTell)
    const told = { purpose: 'done', locale, expiresOn, unitId, recipient, week, reader, actionCode } as const
    return { text: words.agree.tellDone, claim: { ...told, actionId: actionIdOf(claim) } }
  },
}

const actionIdOf = ({ unitId, week, actionCode }: LinkClaim<'agree'>) => itemIdOf('action', unitId, week, actionCode)
