import { addDays } from '@bina/domain/plain-date'
import type { LinkedCopy, MakeReportLinks } from '../ports/report-links.ts'
import { createMakeLink, type LinkConfig } from './make-link.ts'
import { recipientDigest } from './recipient-digest.ts'
import { createSubscriptionLinks } from './subscription-links.ts'

/** Of the week's Monday: six weeks after the Monday on which its mail goes out. */
const lifeDays = 7 + 42

/**
 * The links of one copy. They depend on the copy alone, not on the clock, so that the same mail sent again is the same mail.
 * `held` stands in the superior's copy alone (reading 43); the unit's own copy cannot be unsubscribed from, nor can one that a superior
 * reads in place of a vacant post: it would go into the void.
 */
export function createReportLinks(config: LinkConfig): MakeReportLinks {
  const to = createMakeLink(config)
  if (to === undefined) return () => undefined
  const subscription = createSubscriptionLinks(config)
  return (copy) => {
    const base = baseOf(copy)
    const { step, reader, session } = copy
    return {
      object: to({ purpose: 'object', ...base, openUntil: copy.objectionUntil }),
      ...(step !== undefined && { agree: to({ purpose: 'agree', ...base, ...step }) }),
      ...(copy.openActions !== undefined && {
        done: copy.openActions.map(({ actionId, actionCode }) => ({
          actionId,
          url: to({ purpose: 'done', ...base, actionId, actionCode }),
        })),
      }),
      ...(reader === 'superior' && {
        held: to({
          purpose: 'held',
          ...base,
          reader,
          coachUnitId: copy.readerUnitId,
          topicCode: session?.topicCode ?? step?.actionCode ?? weeklyTopic,
          ...(session !== undefined && { coachingId: session.coachingId }),
        }),
        ...(subscription && {
          unsubscribe: subscription.unsubscribe({ ...copy, report: '' }),
          unsubscribeCopies: subscription.unsubscribe({ ...copy, unitId: copy.readerUnitId, report: 'copies' }),
        }),
      }),
    }
  }
}

/** What a coaching was about where neither its plan nor a step says it: the report itself. */
const weeklyTopic = 'weekly-report'

const baseOf = ({ locale, week, unitId, recipient, reader }: LinkedCopy) => ({
  locale,
  expiresOn: addDays(week, lifeDays),
  unitId,
  recipient: recipientDigest(recipient),
  week,
  reader,
})
