import type { ServiceFact, UnitShare } from './complaint.ts'
import type { SharesInput } from './complaint-shares.ts'

/** What may not be done to citizens: the three categories whose days between cases S11 charts. */
const CONDUCT_CATEGORIES: readonly string[] = ['rude', 'convoluted', 'obstructive']
const DAY_MS = 86_400_000

/**
 * What B4, S8 to S11 and S15 count of one unit's share (domain.md 5.3, reading 26). All complaints count, severe and
 * excluded ones too, but in B4, which asks of what S1 and S2 ask, and in S11, which asks for verified cases and takes none that the coordinator has excluded. In S15
 * an answer and an invitation each stand in the week of their own time, so that an answer without an invitation is an
 * answer all the same.
 */
export function serviceFactsOf(share: Omit<UnitShare, 'facts'>, input: SharesInput): readonly ServiceFact[] {
  const { history, category, reopenWithinDays } = input
  const { unitId, receivedAtMs, firstResolution, forwards, waiting } = share
  const isOwn = ({ data }: { readonly data: { readonly unitId: string } }): boolean => data.unitId === unitId
  const isConductCase =
    history.verified !== undefined && history.excluded === undefined && CONDUCT_CATEGORIES.includes(category)
  const facts = [
    ...(waiting === undefined
      ? []
      : [{ ...counted('B4', waiting.dueMs, waiting.waited), countsFromMs: waiting.dueMs }]),
    ...(firstResolution === undefined
      ? []
      : [
          {
            ...counted('S8', firstResolution.ownDueMs, firstResolution.reopenedAtMs !== undefined),
            countsFromMs: firstResolution.atMs + reopenWithinDays * DAY_MS,
          },
        ]),
    ...forwards.map(({ atMs, late }) => counted('S9', atMs, late)),
    ...(receivedAtMs === undefined ? [] : [counted('S10', receivedAtMs, history.excluded !== undefined)]),
    ...(receivedAtMs === undefined || !isConductCase ? [] : [counted('S11', receivedAtMs, true)]),
    ...history.invitations.filter(isOwn).map(({ occurredAtMs }) => counted('S15', occurredAtMs, false)),
    ...history.ratings
      .filter(isOwn)
      .map(({ occurredAtMs }) => ({ ...counted('S15', occurredAtMs, true), denominator: 0 })),
  ]
  return facts.sort((a, b) => a.atMs - b.atMs)
}

function counted(measure: ServiceFact['measure'], atMs: number, success: boolean): ServiceFact {
  return { measure, atMs, countsFromMs: undefined, numerator: Number(success), denominator: 1 }
}
