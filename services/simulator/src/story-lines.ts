import type { UnitTraits } from './unit-traits.ts'

export type StoryKind =
  | 'turns_rude'
  | 'closes_without_fixing'
  | 'bounces_complaints'
  | 'exempt_days'
  | 'coaching_helped'

/** What a story can be seen by: a crude share of the events. */
export type StoryFigure =
  /** Complaints received about rudeness, of all received about the unit. */
  | 'rude_share'
  /** Audits that found the work done, of those that reached somebody and were not by the unit. */
  | 'verified_share'
  /** Complaints assigned to the unit that it forwarded or refused. */
  | 'bounced_share'
  /** Person-days on leave, of all worked ones. */
  | 'leave_share'
  /** Mean of (answer - 1) / 3 over conduct, procedure and requirements. */
  | 'courtesy'

/** One unit whose truth is known, because it was put there. */
export interface StoryLine {
  readonly kind: StoryKind
  readonly unitId: string
  /** The week of a half-year from which it shows, counted from 1; shorter simulations move it forward in proportion. */
  readonly fromWeekOf26: number
  readonly figure: StoryFigure
  /** The figure's true value before the story or in other units, and in the story (at its end, where it grows). */
  readonly usual: number
  readonly planted: number
  /** What is different about the unit in a week. */
  readonly traits: (week: {
    /** The figure's true value in this week, for stories that begin at once and for those that grow. */
    readonly now: number
    readonly growing: number
    readonly during: boolean
    readonly usualComplaints: number
  }) => Partial<UnitTraits>
}

// Three times the usual complaints, still about two a week: a story that nobody could count would prove nothing.
const busy = 3

export const storyLines: readonly StoryLine[] = [
  {
    kind: 'turns_rude',
    unitId: '16.71.05.1003',
    fromWeekOf26: 9,
    figure: 'rude_share',
    usual: 0.08,
    planted: 0.65,
    traits: ({ now, during, usualComplaints }) => ({
      complaintsPerWeek: usualComplaints * busy,
      rudeShare: now,
      courtesy: during ? 0.35 : 0.8,
      inviteShare: 0.9,
      ratedShare: 0.5,
    }),
  },
  {
    kind: 'closes_without_fixing',
    unitId: 'upt:dlh-sukarami',
    fromWeekOf26: 1,
    figure: 'verified_share',
    usual: 0.86,
    planted: 0.15,
    traits: ({ now, usualComplaints }) => ({
      complaintsPerWeek: usualComplaints * busy,
      pace: 0.4,
      fixShare: now,
      auditShare: 0.6,
    }),
  },
  {
    kind: 'bounces_complaints',
    unitId: '16.71.07.1005',
    fromWeekOf26: 1,
    figure: 'bounced_share',
    usual: 0.08,
    planted: 0.6,
    traits: ({ now, usualComplaints }) => ({
      complaintsPerWeek: usualComplaints * busy,
      bounceShare: now,
      lateBounceShare: 0.8,
    }),
  },
  {
    kind: 'exempt_days',
    unitId: 'upt:puskesmas-sako',
    fromWeekOf26: 1,
    figure: 'leave_share',
    usual: 0.04,
    planted: 0.45,
    traits: ({ growing }) => ({ leaveShare: growing }),
  },
  {
    kind: 'coaching_helped',
    unitId: '16.71.08.1002',
    fromWeekOf26: 13,
    figure: 'courtesy',
    usual: 0.4,
    planted: 0.88,
    traits: ({ now, usualComplaints }) => ({
      complaintsPerWeek: usualComplaints * busy,
      courtesy: now,
      inviteShare: 0.9,
      ratedShare: 0.5,
    }),
  },
]

/** The first week (from 1) in which a story shows. Stories of half a year are squeezed into shorter simulations. */
export function firstWeekOf(line: StoryLine, weeks: number): number {
  if (line.fromWeekOf26 === 1 || weeks >= 26) return line.fromWeekOf26
  return Math.max(2, Math.ceil((line.fromWeekOf26 * weeks) / 26))
}

/** What a story changes about a unit in a week (from 1); nothing for all the others. */
export function storyTraits(
  plan: { readonly weeks: number; readonly complaintsPerUnitWeek: number },
  unitId: string,
  week: number,
): Partial<UnitTraits> {
  const line = storyLines.find((story) => story.unitId === unitId)
  if (line === undefined) return {}
  const from = firstWeekOf(line, plan.weeks)
  const during = week >= from
  const progress = plan.weeks > from ? Math.max(0, (week - from) / (plan.weeks - from)) : 1
  return line.traits({
    now: during ? line.planted : line.usual,
    growing: line.usual + (line.planted - line.usual) * progress,
    during,
    usualComplaints: plan.complaintsPerUnitWeek,
  })
}

/** Story units, each after its kecamatan: the first to be in a city of few units. */
export function unitsOfStories(): readonly string[] {
  const ids = storyLines.flatMap(({ unitId }) =>
    /^16\.71\.\d\d\.\d{4}$/.test(unitId) ? [unitId.slice(0, '16.71.05'.length), unitId] : [unitId],
  )
  return [...new Set(ids)]
}
